using System.Text.Json.Nodes;
using AuthzCluster.Client;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>A user holds a role.</summary>
internal sealed class Held(string name) : Fact("grant", name)
{
    private const string Role = "shared";

    public override string Permission => $"{Role}:use";

    public override bool CanBeEndedTwice => true;

    public static Task PrepareAllAsync(ApiClient api) => RoleAsync(api, Role, $"{Role}:use");

    public override Task PrepareAsync(ApiClient api) => Task.CompletedTask;

    public override (string Method, string Path, object? Body) Request(bool isSo) =>
        isSo ? ("POST", $"/api/v1/roles/{Role}/assign", new { user_id = Name }) : ("DELETE", $"/api/v1/roles/{Role}/users/{Name}", null);

    public override Func<IRoleService, string, Task> OverOrleans(bool isSo) =>
        isSo ? (roles, key) => roles.AssignRoleAsync(Principal.User(Name), Role, idempotencyKey: key)
            : (roles, key) => roles.RevokeRoleAsync(Principal.User(Name), Role, idempotencyKey: key);

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/users/{Name}/roles")).Is(200).Items.Count == 1;
}

/// <summary>A user is in a team, which holds a role.</summary>
internal sealed class Joined(string name) : Fact("team member", name)
{
    private const string Team = "band", Role = "of-band";

    public override string Permission => $"{Role}:use";

    public override bool CanBeEndedTwice => true;

    public static async Task PrepareAllAsync(ApiClient api)
    {
        await RoleAsync(api, Role, $"{Role}:use");
        await AssignAsync(api, Role, new { principal = new { type = "team", id = Team } });
    }

    public override Task PrepareAsync(ApiClient api) => Task.CompletedTask;

    public override (string Method, string Path, object? Body) Request(bool isSo) => (isSo ? "PUT" : "DELETE", $"/api/v1/teams/{Team}/members/{Name}", null);

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/users/{Name}/teams")).Is(200).Items.Count == 1;
}

/// <summary>A team with members holds a role.</summary>
internal sealed class TeamHeld(string name) : Fact("grant of a team", name)
{
    private const string Role = "of-teams";

    public override IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(0, 3).Select(user => $"{user}-in-{name}")];

    public override string Permission => $"{Role}:use";

    public override bool CanBeEndedTwice => true;

    public static Task PrepareAllAsync(ApiClient api) => RoleAsync(api, Role, $"{Role}:use");

    public override async Task PrepareAsync(ApiClient api)
    {
        foreach (var user in Subjects)
        {
            (await api.PutAsync($"/api/v1/teams/{Name}/members/{user}", null)).Is(204);
        }
    }

    public override (string Method, string Path, object? Body) Request(bool isSo) => isSo
        ? ("POST", $"/api/v1/roles/{Role}/assign", new { principal = new { type = "team", id = Name } }) : ("DELETE", $"/api/v1/roles/{Role}/teams/{Name}", null);

    public override Func<IRoleService, string, Task> OverOrleans(bool isSo) =>
        isSo ? (roles, key) => roles.AssignRoleAsync(Principal.Team(Name), Role, idempotencyKey: key)
            : (roles, key) => roles.RevokeRoleAsync(Principal.Team(Name), Role, idempotencyKey: key);

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/teams/{Name}/roles")).Is(200).Items.Count == 1;
}

/// <summary>A role that some hold has a permission.</summary>
internal sealed class Edited(string name) : Fact("role edit", name)
{
    public override IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(0, 3).Select(user => $"{user}-of-{name}")];

    public override string Permission => $"{Name}:use";

    public override async Task PrepareAsync(ApiClient api)
    {
        await RoleAsync(api, Name, $"{Name}:see");
        foreach (var user in Subjects)
        {
            await AssignAsync(api, Name, new { user_id = user });
        }
    }

    public override (string Method, string Path, object? Body) Request(bool isSo) => isSo
        ? ("POST", $"/api/v1/roles/{Name}/permissions", new { permission = Permission }) : ("DELETE", $"/api/v1/roles/{Name}/permissions/{Permission}", null);

    public override Func<IRoleService, string, Task> OverOrleans(bool isSo)
    {
        var role = new Role { RoleId = Name, Name = Name, Permissions = isSo ? [$"{Name}:see", Permission] : [$"{Name}:see"] };
        return (roles, key) => roles.UpdateRoleAsync(role, key);
    }

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/roles/{Name}")).Is(200).Texts("permissions").Contains(Permission);
}

/// <summary>A role that some hold inherits from another.</summary>
internal sealed class Inherited(string name) : Fact("role inheritance", name)
{
    private const string Parent = "parent";

    public override IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(0, 3).Select(user => $"{user}-of-{name}")];

    public override string Permission => $"{Parent}:use";

    public static Task PrepareAllAsync(ApiClient api) => RoleAsync(api, Parent, $"{Parent}:use");

    public override async Task PrepareAsync(ApiClient api)
    {
        await RoleAsync(api, Name, $"{Name}:see");
        foreach (var user in Subjects)
        {
            await AssignAsync(api, Name, new { user_id = user });
        }
    }

    public override (string Method, string Path, object? Body) Request(bool isSo) =>
        isSo ? ("PUT", $"/api/v1/roles/{Name}/parents/{Parent}", new { inheritance_type = "full" }) : ("DELETE", $"/api/v1/roles/{Name}/parents/{Parent}", null);

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/roles/{Name}/hierarchy")).Is(200)["ancestors"].GetArrayLength() > 0;
}

/// <summary>What is stored of a user meets the condition of an assignment.</summary>
internal sealed class Cleared(string name) : Fact("entity of a subject", name)
{
    private const string Role = "of-cleared";

    public override string Permission => $"{Role}:use";

    public static Task PrepareAllAsync(ApiClient api) => RoleAsync(api, Role, $"{Role}:use");

    public override async Task PrepareAsync(ApiClient api)
    {
        (await api.PutAsync($"/api/v1/entities/user/{Name}", Request(false).Body)).Is(200);
        var conditions = new[] { new { type = "attribute_match", @params = new { attribute = "subject.cleared", @operator = "eq", expected = true } } };
        await AssignAsync(api, Role, new { user_id = Name, conditions });
    }

    public override (string Method, string Path, object? Body) Request(bool isSo) =>
        ("PUT", $"/api/v1/entities/user/{Name}", new { properties = new JsonObject { ["cleared"] = isSo } });

    public override async Task<bool> ReadAsync(ApiClient api) =>
        (await api.GetAsync($"/api/v1/entities/user/{Name}")).Is(200)["properties"].GetProperty("cleared").GetBoolean();
}

/// <summary>What is stored of a resource is in the scope of an assignment.</summary>
internal sealed class Opened(string name) : Fact("entity of a resource", name)
{
    private const string Role = "of-open", User = "reader";

    // Many subjects, so that every silo has the copy.
    private static readonly string[] Readers = [.. Enumerable.Range(0, 6).Select(number => $"{User}-{number}")];

    public override IReadOnlyList<string> Subjects => Readers;

    public override string Permission => $"{Role}:use";

    public override AccessResource Resource => new("docs", Name);

    public static async Task PrepareAllAsync(ApiClient api)
    {
        await RoleAsync(api, Role, $"{Role}:use");
        foreach (var user in Readers)
        {
            await AssignAsync(api, Role, new { user_id = user, scope = new { state = "open" } });
        }
    }

    public override async Task PrepareAsync(ApiClient api) => (await api.PutAsync($"/api/v1/entities/docs/{Name}", Request(false).Body)).Is(200);

    public override (string Method, string Path, object? Body) Request(bool isSo) =>
        ("PUT", $"/api/v1/entities/docs/{Name}", new { properties = new { state = isSo ? "open" : "closed" } });

    public override async Task<bool> ReadAsync(ApiClient api) =>
        (await api.GetAsync($"/api/v1/entities/docs/{Name}")).Is(200)["properties"].GetProperty("state").GetString() == "open";
}
