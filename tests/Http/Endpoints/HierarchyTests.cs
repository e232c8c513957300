using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class HierarchyTests(ServerFixture server)
{
    [Fact]
    public async Task Permissions_AddFindRemove_FollowTheRole()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "reports:read");
        await api.PostAsync("/api/v1/roles", new { name = "clerk", permissions = new[] { "invoices:*" }, parent_role_id = "base" });

        var added = (await api.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "storage.objects.get" })).Is(200);
        Assert.Equal(["invoices:*", "storage.objects:get"], added.Texts("permissions"));
        Assert.Equal("\"2\"", added.Headers["ETag"]);

        var all = (await api.GetAsync("/api/v1/roles/clerk/permissions?effective=true")).Is(200);
        Assert.Equal(["invoices:*", "storage.objects:get"], all.Texts("direct"));
        Assert.Equal("reports:read", all["inherited"][0].GetProperty("permission").GetString());
        Assert.Equal("base", all["inherited"][0].GetProperty("from_role").GetString());
        Assert.Equal(["invoices:*", "reports:read", "storage.objects:get"], all.Texts("effective"));

        var found = await api.GetAsync("/api/v1/roles/clerk/permissions/invoices:read");
        Assert.True(found["granted"].GetBoolean());
        Assert.Equal("invoices:*", found["by"].GetString());
        Assert.False((await api.GetAsync("/api/v1/roles/clerk/permissions/users:read"))["granted"].GetBoolean());
        (await api.GetAsync("/api/v1/roles/clerk/permissions/nonsense")).Refused(400, "validation_failed", "permission");

        (await api.DeleteAsync("/api/v1/roles/clerk/permissions/storage.objects.get")).Is(204);
        (await api.DeleteAsync("/api/v1/roles/clerk/permissions/storage.objects:get")).Refused(404, "not_found");
        (await api.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "" })).Refused(400, "validation_failed", "permission");
    }

    [Fact]
    public async Task Parents_PutAndDelete_ChangeWhatIsInherited()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "reports:read", "reports:write");
        await api.RoleAsync("clerk");
        await api.AssignAsync("clerk", "alice");

        (await api.PutAsync("/api/v1/roles/clerk/parents/base", null)).Is(200);
        Assert.Equal("granted", await api.ReasonAsync("alice", "reports:write"));
        (await api.PutAsync("/api/v1/roles/clerk/parents/base", new { inheritance_type = "partial", permissions = new[] { "reports:read" } })).Is(200);
        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "reports:write"));
        Assert.Equal("granted", await api.ReasonAsync("alice", "reports:read"));
        (await api.DeleteAsync("/api/v1/roles/clerk/parents/base")).Is(204);

        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "reports:read"));
        (await api.DeleteAsync("/api/v1/roles/clerk/parents/base")).Refused(404, "not_found");
        (await api.PutAsync("/api/v1/roles/clerk/parents/nobody", null)).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Parents_ConditionsAsAnObject_AreEqualities()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "reports:read");
        await api.RoleAsync("clerk");
        await api.AssignAsync("clerk", "alice");

        var put = (await api.PutAsync("/api/v1/roles/clerk/parents/base", new { inheritance_type = "conditional", conditions = new { region = "eu" } })).Is(200);

        Assert.Equal("attribute_match", put["parents"][0].GetProperty("conditions")[0].GetProperty("type").GetString());
        Assert.Equal("not_in_scope", await api.ReasonAsync("alice", "reports:read"));
        var there = await api.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "reports:read", context = new { region = "eu" } });
        Assert.True(there["decision"].GetBoolean());
    }

    [Fact]
    public async Task Parents_WhatMakesNoHierarchy_IsRefused()
    {
        var api = await server.TenantAsync();
        for (var i = 0; i < 11; i++)
        {
            await api.RoleAsync($"r{i}");
        }
        for (var i = 0; i < 9; i++)
        {
            (await api.PutAsync($"/api/v1/roles/r{i}/parents/r{i + 1}", null)).Is(200);
        }

        (await api.PutAsync("/api/v1/roles/r9/parents/r0", null)).Refused(409, "circular_hierarchy");
        (await api.PutAsync("/api/v1/roles/r9/parents/r10", null)).Refused(409, "hierarchy_too_deep");
        (await api.PutAsync("/api/v1/roles/r10", new { name = "r10", is_active = false })).Is(200);
        await api.RoleAsync("lonely");
        (await api.PutAsync("/api/v1/roles/lonely/parents/r10", null)).Refused(409, "parent_inactive");
    }

    [Fact]
    public async Task Hierarchy_Chain_TellsBothWays()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("top");
        await api.PostAsync("/api/v1/roles", new { name = "middle", parent_role_id = "top" });
        await api.PostAsync("/api/v1/roles", new { name = "low", parents = new[] { new { role_id = "middle", inheritance_type = "none" } } });

        var hierarchy = (await api.GetAsync("/api/v1/roles/middle/hierarchy")).Is(200);

        Assert.Equal("top", Assert.Single(hierarchy["ancestors"].EnumerateArray()).GetProperty("name").GetString());
        var below = Assert.Single(hierarchy["descendants"].EnumerateArray());
        Assert.Equal(("low", 1, "none"), (below.GetProperty("name").GetString(), below.GetProperty("depth").GetInt32(), below.GetProperty("inheritance_type").GetString()));
        (await api.GetAsync("/api/v1/roles/nobody/hierarchy")).Refused(404, "role_not_found");
    }
}
