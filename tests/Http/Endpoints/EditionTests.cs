using AuthzCluster.Api.Endpoints;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class EditionTests(ServerFixture server)
{
    private const string Unavailable = "feature_not_available";

    [Theory]
    [InlineData("core", Feature.Always)]
    [InlineData("writer_pro", Feature.BuiltInRoles)]
    [InlineData("teams", Feature.CustomRoles)]
    [InlineData("enterprise", (Feature)byte.MaxValue)]
    public async Task EveryEndpoint_IsThereOrNotAsItsFeatureSays(string edition, Feature highest)
    {
        var api = await TenantAsync(edition);
        foreach (var endpoint in ApiEndpoints.All.Where(endpoint => endpoint.Pattern.StartsWith("/api", StringComparison.Ordinal) && !endpoint.IsOfSystem))
        {
            var path = string.Join('/', endpoint.Pattern.Split('/').Select(part => part switch { "{permission}" => "a:b", ['{', ..] => "viewer", _ => part })) + (endpoint.Query.Contains("follow") ? "?follow=false" : "");
            var reply = await api.SendAsync(endpoint.Method, path, endpoint.Method is "POST" or "PUT" or "PATCH" ? "{\"nothing\":1}" : null);
            if (endpoint.Feature > highest)
            {
                reply.Refused(403, Unavailable);
                Assert.Contains($"`{edition}`", reply["detail"].GetString(), StringComparison.Ordinal);
            }
            else
            {
                Assert.True(reply.Status != 403 && reply.Status < 500, $"{endpoint.Method} {path}: {reply.Status} {reply.Text}");
            }
        }
    }

    [Fact]
    public async Task Core_HasEvaluationAuditAndTenantsOnly()
    {
        var api = await TenantAsync("enterprise");
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        await SetAsync(api, "core");

        Assert.Equal("granted", await api.ReasonAsync("alice", "invoices:read"));
        (await api.GetAsync("/api/v1/users/alice/permissions")).Is(200);
        (await api.GetAsync("/api/v1/audit")).Is(200);
        (await api.GetAsync("/api/v1/permissions/authz.roles:read")).Is(200);
        (await api.GetAsync("/api/v1/roles")).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/roles/viewer/assign", new { user_id = "bob" })).Refused(403, Unavailable);
        (await api.GetAsync("/api/v1/users/alice/roles")).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/permissions", new { permission = "a:b" })).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/import?format=assignments", "[]")).Refused(403, Unavailable);
        (await api.GetAsync("/api/v1/export")).Refused(403, Unavailable);
        Assert.Equal("no_assignment", await api.ReasonAsync("bob", "invoices:read"));
    }

    [Fact]
    public async Task WriterPro_AssignsBuiltInRolesAndMakesNothing()
    {
        var api = await TenantAsync("teams");
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        await SetAsync(api, "writer_pro");

        Assert.Equal(5, (await api.GetAsync("/api/v1/roles")).Is(200).Items.Count);
        await api.AssignAsync("viewer", "bob");
        (await api.PostAsync("/api/v1/roles/viewer/assign", new { principal = new { type = "team", id = "finance" } })).Is(200);
        (await api.PutAsync("/api/v1/teams/finance/members/carol", null)).Is(204);
        Assert.Equal("granted", await api.ReasonAsync("carol", "invoices:read"));
        (await api.DeleteAsync("/api/v1/roles/viewer/users/bob")).Is(204);

        (await api.PostAsync("/api/v1/roles", new { name = "x" })).Refused(403, Unavailable);
        (await api.PutAsync("/api/v1/roles/clerk", new { name = "clerk" })).Refused(403, Unavailable);
        (await api.DeleteAsync("/api/v1/roles/clerk")).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "a:b" })).Refused(403, Unavailable);
        (await api.PutAsync("/api/v1/roles/clerk/parents/viewer", null)).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/permissions", new { permission = "a:b" })).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/import?format=authz", """{"roles":[]}""")).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/import?format=gcloud-roles", "[]")).Refused(403, Unavailable);
    }

    [Fact]
    public async Task WriterPro_CustomRoleThatIsLeft_GoesOnAndIsGivenToNobodyElse()
    {
        var api = await TenantAsync("teams");
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        await SetAsync(api, "writer_pro");

        (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "bob" })).Refused(403, Unavailable);
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "t" } })).Refused(403, Unavailable);
        foreach (var principal in new object[] { new { type = "user", id = "bob" }, new { type = "team", id = "t" } })
        {
            (await api.PostAsync("/api/v1/import?format=assignments", new object[] { new { principal, role = "viewer" }, new { principal, role = "clerk" } }))
                .Refused(400, "validation_failed", "rows[1]");
        }
        Assert.Empty((await api.GetAsync("/api/v1/roles/viewer/assignments")).Items);
        Assert.Equal("granted", await api.ReasonAsync("alice", "invoices:read"));
        (await api.DeleteAsync("/api/v1/roles/clerk/users/alice")).Is(204);
        Assert.Equal("no_assignment", await api.ReasonAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task WriterPro_CustomRoleThatIsLeft_IsNotWidenedAndNobodyJoinsATeamThatHasIt()
    {
        var api = await TenantAsync("teams");
        await api.RoleAsync("clerk", "invoices:read");
        var until = DateTimeOffset.UtcNow.AddDays(1);
        var alice = (await AssignAsync("user", "alice"))["id"].GetString();
        var finance = (await AssignAsync("team", "finance"))["id"].GetString();
        (await api.PutAsync("/api/v1/teams/finance/members/carol", null)).Is(204);
        await SetAsync(api, "writer_pro");

        foreach (var id in new[] { alice, finance })
        {
            (await api.PatchAsync($"/api/v1/assignments/{id}", new { expires_at = until.AddDays(1) })).Refused(403, Unavailable);
            (await api.PatchAsync($"/api/v1/assignments/{id}", new { is_active = false })).Is(200);
            (await api.PatchAsync($"/api/v1/assignments/{id}", new { is_active = true })).Refused(403, Unavailable);
            (await api.PatchAsync($"/api/v1/assignments/{id}", new { reason = "over" })).Is(200);
        }
        (await api.PutAsync("/api/v1/teams/finance/members/dave", null)).Refused(403, Unavailable);
        (await api.PutAsync("/api/v1/teams/finance/members/carol", null)).Is(204);
        (await api.PutAsync("/api/v1/teams/others/members/dave", null)).Is(204);
        (await api.DeleteAsync("/api/v1/teams/finance/members/carol")).Is(204);

        async Task<Reply> AssignAsync(string type, string id) => (await api.PostAsync("/api/v1/roles/clerk/assign", new { principal = new { type, id }, expires_at = until })).Is(200);
    }

    [Fact]
    public async Task Teams_ManagesRolesWithoutPolicies()
    {
        var api = await TenantAsync("teams");

        await api.RoleAsync("clerk", "invoices:read");
        (await api.PostAsync("/api/v1/roles", new { name = "x", policies = new[] { new { name = "p" } } })).Refused(403, Unavailable);
        (await api.GetAsync("/api/v1/roles/x")).Refused(404, "role_not_found");
        (await api.PostAsync("/api/v1/import?format=authz", """{"roles":[{"name":"y"}]}""")).Is(200);
    }

    [Fact]
    public async Task Edition_RightComesFirst()
    {
        var api = await TenantAsync("core");
        using var nobody = new HttpClient { BaseAddress = server.Url };

        (await new ApiClient(nobody, $"/tenants/{api.Tenant}").GetAsync("/api/v1/roles")).Refused(401, "unauthenticated");
        (await new ApiClient(server.Http, "/tenants/nowhere").GetAsync("/api/v1/roles")).Refused(404, "tenant_not_found");
    }

    private async Task<ApiClient> TenantAsync(string edition)
    {
        var api = await server.TenantAsync();
        await SetAsync(api, edition);
        return api;
    }

    private async Task SetAsync(ApiClient api, string edition) =>
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { edition })).Is(200);
}
