using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Door;

/// <summary>Who administers a campus gives, changes and takes back roles within that campus, and nowhere else, by whatever way.</summary>
[Collection(ServerCollection.Name)]
public sealed class ScopedAdministrationTests(ServerFixture server)
{
    private static readonly object North = new { campus = "north" }, South = new { campus = "south" }, NorthLab = new { campus = "north", lab = "b" };

    [Fact]
    public async Task Assign_WithinTheCampusAlone_IsDone()
    {
        var (api, dean) = await CampusAsync();

        await GiveAsync(dean, "user", "alice", North, 200);
        await GiveAsync(dean, "user", "alice", NorthLab, 200);
        await GiveAsync(dean, "team", "guides", North, 200);
        await GiveAsync(dean, "user", "alice", South, 403);
        await GiveAsync(dean, "user", "alice", new { lab = "b" }, 403);
        await GiveAsync(dean, "user", "alice", null, 403);
        await GiveAsync(dean, "team", "guides", South, 403);
        await GiveAsync(dean, "team", "guides", null, 403);

        Assert.Equal(["guides", "alice", "alice"], await HoldersAsync(api));
        Assert.Equal(5, (await api.GetAsync("/api/v1/audit?action=access.refused&actor=user:dean")).Items.Count);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("team")]
    public async Task Patch_OfAnotherCampus_IsRefused(string type)
    {
        var (api, dean) = await CampusAsync();
        var (north, south) = (await GiveAsync(api, type, "alice", North, 200), await GiveAsync(api, type, "alice", South, 200));

        foreach (var change in new object[] { new { is_active = false }, new { is_active = true }, new { expires_at = "2999-01-01T00:00:00Z" }, new { reason = "moved" } })
        {
            (await dean.PatchAsync($"/api/v1/assignments/{north}", change)).Is(200);
            (await dean.PatchAsync($"/api/v1/assignments/{south}", change)).Refused(403, "forbidden");
        }
        Assert.Equal("active", (await api.GetAsync($"/api/v1/assignments/{south}"))["status"].GetString());
    }

    [Theory]
    [InlineData("user", "/api/v1/roles/guide/users/alice")]
    [InlineData("team", "/api/v1/roles/guide/teams/alice")]
    [InlineData("robot", "/api/v1/roles/guide/principals/robot/alice")]
    public async Task Revoke_WithoutAScope_IsRefusedWhereItWouldReachBeyondTheCampus(string type, string path)
    {
        var (api, dean) = await CampusAsync();
        await GiveAsync(api, type, "alice", North, 200);
        await GiveAsync(api, type, "alice", South, 200);

        (await dean.DeleteAsync(path)).Refused(403, "forbidden");
        (await dean.DeleteAsync($"{path}?scope={Uri.EscapeDataString("""{"campus":"south"}""")}")).Refused(403, "forbidden");
        Assert.Equal(2, (await HoldersAsync(api)).Count);
        (await dean.DeleteAsync($"{path}?scope={Uri.EscapeDataString("""{"campus":"north"}""")}")).Is(204);
        Assert.Single(await HoldersAsync(api));
        (await api.DeleteAsync(path)).Is(204);
        await GiveAsync(api, type, "alice", North, 200);
        (await dean.DeleteAsync(path)).Is(204);
    }

    [Fact]
    public async Task WhatHasNoScope_IsNotDoneByWhoIsScoped()
    {
        var (api, dean) = await CampusAsync();
        await GiveAsync(api, "team", "guides", North, 200);

        (await dean.PutAsync("/api/v1/teams/guides/members/alice", null)).Refused(403, "forbidden");
        (await dean.PostAsync("/api/v1/roles", new { name = "mine" })).Refused(403, "forbidden");
        (await dean.DeleteAsync("/api/v1/roles/guide?force=true")).Refused(403, "forbidden");
        (await dean.PostAsync("/api/v1/api-keys", new { name = "k", roles = new[] { "guide" } })).Refused(403, "forbidden");
        (await dean.PostAsync("/api/v1/import?format=assignments", new[] { new { user_id = "alice", role = "guide", scope = North } })).Refused(403, "forbidden");
        (await dean.GetAsync("/api/v1/audit")).Refused(403, "forbidden");
        Assert.Single(await HoldersAsync(api));
    }

    [Fact]
    public async Task Import_ByWhoMayImportButHoldsTheRoleInACampus_DoesTheRowsOfThatCampus()
    {
        var (api, dean) = await CampusAsync();
        await api.RoleAsync("importer", "authz.model:import");
        await api.AssignAsync("importer", "dean");
        object[] rows = [new { user_id = "a", role = "guide", scope = North }, new { user_id = "b", role = "guide", scope = South }, new { user_id = "c", role = "guide" }];

        var report = (await dean.PostAsync("/api/v1/import?format=assignments", rows)).Is(200);

        Assert.Equal(["a"], await HoldersAsync(api));
        Assert.Equal(2, report["failed"].GetInt32());
        var told = Assert.Single((await api.GetAsync("/api/v1/audit?action=access.refused&actor=user:dean")).Items).GetProperty("after");
        Assert.Equal(2, told.GetProperty("refused").GetInt32());
        Assert.Equal(["user:b", "user:c"], told.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("principal").GetString()));
    }

    [Fact]
    public async Task Assign_OfMoreThanIsHeldInTheCampus_IsRefused()
    {
        var (api, dean) = await CampusAsync();
        await api.RoleAsync("keeper", "authz.entities:update");

        (await dean.PostAsync("/api/v1/roles/keeper/assign", new { user_id = "alice", scope = North })).Refused(403, "forbidden");
        (await dean.PostAsync("/api/v1/roles/tenant_admin/assign", new { user_id = "alice", scope = North })).Refused(403, "forbidden");
        // Their own role is no way out of the campus.
        (await dean.PostAsync("/api/v1/roles/dean/assign", new { user_id = "dean" })).Refused(403, "forbidden");
        (await dean.PostAsync("/api/v1/roles/dean/assign", new { user_id = "vice", scope = North })).Is(200);
        var vice = api.As(server.TokenOf("vice", api.Tenant));
        await GiveAsync(vice, "user", "bob", NorthLab, 200);
        await GiveAsync(vice, "user", "bob", South, 403);
    }

    private static async Task<string?> GiveAsync(ApiClient by, string type, string id, object? scope, int status)
    {
        var reply = (await by.PostAsync("/api/v1/roles/guide/assign", new { principal = new { type, id }, scope = scope ?? new { } })).Is(status);
        return status == 200 ? reply["id"].GetString() : null;
    }

    private static async Task<List<string?>> HoldersAsync(ApiClient api) =>
        [.. (await api.GetAsync("/api/v1/roles/guide/assignments")).Is(200).Items.Select(item => item.GetProperty("principal").GetProperty("id").GetString())];

    private async Task<(ApiClient Api, ApiClient Dean)> CampusAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("guide", "tours:read");
        await api.RoleAsync("dean", "tours:read", "authz.assignments:*", "authz.teams:*", "authz.roles:read", "authz.roles:create", "authz.roles:delete", "authz.keys:create", "authz.model:import", "authz.audit:read");
        (await api.PostAsync("/api/v1/roles/dean/assign", new { user_id = "dean", scope = North })).Is(200);
        return (api, api.As(server.TokenOf("dean", api.Tenant)));
    }
}
