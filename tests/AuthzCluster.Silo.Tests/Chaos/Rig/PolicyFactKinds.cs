using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>A policy of the tenant gives a permission to users who have no role.</summary>
internal sealed class Allowed(string name) : Fact("policy that allows", name)
{
    public override IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(0, 3).Select(user => $"{user}-by-{name}")];

    public override string Permission => $"{Name}:use";

    public override async Task PrepareAsync(ApiClient api) => (await api.PostAsync("/api/v1/policies", Request(false).Body!)).Is(201);

    public override (string Method, string Path, object? Body) Request(bool isSo) => ("PUT", $"/api/v1/policies/{Name}", new
    {
        id = Name, name = Name, effect = "allow", principals = Subjects.Select(user => $"user:{user}"), grant_permissions = new[] { Permission }, is_active = isSo,
    });

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/policies/{Name}")).Is(200)["is_active"].GetBoolean();
}

/// <summary>A policy of the tenant, which denies to the holders of a role what this gives, is off.</summary>
internal sealed class Undenied(string name) : Fact("policy that denies", name)
{
    public override IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(0, 3).Select(user => $"{user}-of-{name}")];

    public override string Permission => $"{Name}:use";

    public override async Task PrepareAsync(ApiClient api)
    {
        await RoleAsync(api, Name, Permission);
        (await api.PostAsync("/api/v1/policies", Request(false).Body!)).Is(201);
        foreach (var user in Subjects)
        {
            await AssignAsync(api, Name, new { user_id = user });
        }
    }

    public override (string Method, string Path, object? Body) Request(bool isSo) => ("PUT", $"/api/v1/policies/{Name}", new
    {
        id = Name, name = Name, effect = "deny", principals = new[] { $"role:{Name}" }, resources = new[] { Name }, is_active = !isSo,
    });

    public override async Task<bool> ReadAsync(ApiClient api) => !(await api.GetAsync($"/api/v1/policies/{Name}")).Is(200)["is_active"].GetBoolean();
}

/// <summary>A policy of a role, which gives its holders a permission, is there.</summary>
internal sealed class Attached(string name) : Fact("policy of a role", name)
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
        ? ("POST", $"/api/v1/roles/{Name}/policies", new { id = $"p-{Name}", name = $"p-{Name}", effect = "allow", grant_permissions = new[] { Permission } })
        : ("DELETE", $"/api/v1/roles/{Name}/policies/p-{Name}", null);

    public override async Task<bool> ReadAsync(ApiClient api) => (await api.GetAsync($"/api/v1/roles/{Name}")).Is(200)["policies"].GetArrayLength() > 0;
}
