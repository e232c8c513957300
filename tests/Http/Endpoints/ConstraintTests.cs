using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class ConstraintTests(ServerFixture server)
{
    private const string Constraints = "/api/v1/constraints";

    private static readonly object FourEyes = new { id = "four-eyes", name = "Four eyes", roles = new[] { "payer", "approver" }, max = 1 };

    [Fact]
    public async Task Create_ThenDelete_CountsAtOnceAndIsAudited()
    {
        var api = await RolesAsync();
        var made = (await api.PostAsync(Constraints, FourEyes)).Is(201);

        Assert.EndsWith("/api/v1/constraints/four-eyes", made.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(("four-eyes", "Four eyes", 1), (made["id"].GetString(), made["name"].GetString(), made["max"].GetInt32()));
        Assert.Equal(["approver", "payer"], made.Texts("roles"));
        Assert.Equal(made.Text, (await api.GetAsync($"{Constraints}/four-eyes")).Is(200).Text);
        Assert.Single((await api.GetAsync(Constraints)).Is(200).Items);
        (await api.PostAsync(Constraints, FourEyes)).Refused(409, "invalid_state");

        await api.AssignAsync("payer", "alice");
        var refused = (await api.PostAsync("/api/v1/roles/approver/assign", new { user_id = "alice" })).Refused(409, "role_conflict");
        var holder = Assert.Single(refused["holders"].EnumerateArray().ToArray());
        Assert.Equal(("user", "alice"), (Text(holder.GetProperty("principal"), "type"), Text(holder.GetProperty("principal"), "id")));
        Assert.Equal(("four-eyes", 1), (Text(holder, "constraint"), refused["holders_total"].GetInt32()));
        Assert.Equal(["approver", "payer"], holder.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        (await api.DeleteAsync($"{Constraints}/four-eyes")).Is(204);
        (await api.DeleteAsync($"{Constraints}/four-eyes")).Refused(404, "not_found");
        (await api.GetAsync($"{Constraints}/four-eyes")).Refused(404, "not_found");
        await api.AssignAsync("approver", "alice");
        Assert.Equal(2, (await api.PostAsync(Constraints, FourEyes)).Refused(409, "role_conflict")["holders"][0].GetProperty("roles").GetArrayLength());
        var told = (await api.GetAsync("/api/v1/audit?target=four-eyes")).Items;
        Assert.Equal(["constraint.deleted", "constraint.created"], told.Select(record => record.GetProperty("action").GetString()));
        Assert.Equal(1, told[1].GetProperty("after").GetProperty("max").GetInt32());
    }

    [Theory]
    [InlineData("""{"roles":["payer","approver"],"max":1}""", "name")]
    [InlineData("""{"name":"x","roles":["payer","approver"]}""", "max")]
    [InlineData("""{"name":"x","roles":["payer","approver"],"max":0}""", "max")]
    [InlineData("""{"name":"x","roles":["payer","approver"],"max":2}""", "max")]
    [InlineData("""{"name":"x","roles":["payer","approver"],"max":"1"}""", "max")]
    [InlineData("""{"name":"x","max":1}""", "roles")]
    [InlineData("""{"name":"x","roles":["payer"],"max":1}""", "roles")]
    [InlineData("""{"name":"x","roles":["payer","payer"],"max":1}""", "roles[1]")]
    [InlineData("""{"name":"x","roles":["payer",null],"max":1}""", "roles[1]")]
    [InlineData("""{"name":"x","roles":["payer","nobody"],"max":1}""", "roles[1]")]
    [InlineData("""{"id":"..","name":"x","roles":["payer","approver"],"max":1}""", "id")]
    [InlineData("""{"tenant_id":"other","name":"x","roles":["payer","approver"],"max":1}""", "tenant_id")]
    [InlineData("""{"name":"x","roles":["payer","approver"],"max":1,"typo":1}""", "typo")]
    public async Task Create_BadOne_NamesThePlace(string body, string field)
    {
        var api = await RolesAsync();
        (await api.PostAsync(Constraints, body)).Refused(400, "validation_failed", field);
        Assert.Empty((await api.GetAsync(Constraints)).Items);
    }

    [Fact]
    public async Task List_Pages_HaveEachOnce()
    {
        var api = await RolesAsync();
        for (var i = 0; i < 5; i++)
        {
            (await api.PostAsync(Constraints, new { id = $"k{i}", name = "n", roles = new[] { "payer", "approver" }, max = 1 })).Is(201);
        }
        var first = (await api.GetAsync($"{Constraints}?limit=3")).Is(200);
        var second = (await api.GetAsync($"{Constraints}?limit=3&page_token={Uri.EscapeDataString(first.NextPage!)}")).Is(200);
        Assert.Equal(["k0", "k1", "k2", "k3", "k4"], first.Items.Concat(second.Items).Select(item => Text(item, "id")));
        Assert.Null(second.NextPage);
    }

    [Fact]
    public async Task Export_ThenImportElsewhere_BringsTheConstraintsAlong()
    {
        var api = await RolesAsync();
        (await api.PostAsync(Constraints, FourEyes)).Is(201);
        var exported = (await api.GetAsync("/api/v1/export")).Is(200).Text;
        var other = await server.TenantAsync();
        (await other.PostAsync("/api/v1/import?format=authz", exported)).Is(200);
        Assert.Equal(exported, (await other.GetAsync("/api/v1/export")).Is(200).Text);
        await other.AssignAsync("payer", "alice");
        (await other.PostAsync("/api/v1/roles/approver/assign", new { user_id = "alice" })).Refused(409, "role_conflict");

        var bad = exported.Replace("\"max\":1", "\"max\":7", StringComparison.Ordinal);
        (await other.PostAsync("/api/v1/import?format=authz", bad)).Refused(400, "validation_failed", "constraints[0].max");
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{other.Tenant}", new { edition = "teams" })).Is(200);
        (await other.PostAsync("/api/v1/import?format=authz", exported)).Refused(403, "feature_not_available");
    }

    [Fact]
    public async Task DeleteOfARole_ThatIsInAConstraint_NeedsTheRightToEndThat()
    {
        var api = await RolesAsync();
        (await api.PostAsync(Constraints, FourEyes)).Is(201);
        await api.RoleAsync("admin", "authz.roles:*", "authz.assignments:*", "payments:*");
        await api.AssignAsync("admin", "rita");
        var rita = api.As(server.TokenOf("rita", api.Tenant));

        foreach (var force in new[] { "", "?force=true" })
        {
            (await rita.DeleteAsync($"/api/v1/roles/payer{force}")).Refused(403, "forbidden");
        }
        (await api.GetAsync("/api/v1/roles/payer")).Is(200);
        await api.AssignAsync("payer", "alice");
        (await rita.PostAsync("/api/v1/roles/approver/assign", new { user_id = "alice" })).Refused(409, "role_conflict");
        await api.RoleAsync("ender", "authz.constraints:delete");
        await api.AssignAsync("ender", "rita");
        (await rita.DeleteAsync("/api/v1/roles/payer?force=true")).Is(204);
        Assert.Empty((await api.GetAsync(Constraints)).Items);
    }

    [Fact]
    public async Task Create_OfWhatIsInConflict_TellsWhoHoldsWhatOnlyToWhoMayReadThat()
    {
        var api = await RolesAsync();
        await api.AssignAsync("payer", "alice");
        await api.AssignAsync("approver", "alice");
        await api.RoleAsync("maker", "authz.constraints:create");
        await api.AssignAsync("maker", "carl");
        var carl = api.As(server.TokenOf("carl", api.Tenant));

        var refused = (await carl.PostAsync(Constraints, FourEyes)).Refused(409, "role_conflict");
        Assert.Equal((0, 1), (refused["holders"].GetArrayLength(), refused["holders_total"].GetInt32()));
        Assert.DoesNotContain("alice", refused.Text, StringComparison.Ordinal);
        await api.RoleAsync("reader", "authz.assignments:read");
        await api.AssignAsync("reader", "carl");
        Assert.Equal(1, (await carl.PostAsync(Constraints, FourEyes)).Refused(409, "role_conflict")["holders"].GetArrayLength());
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private async Task<ApiClient> RolesAsync()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/roles", new { id = "payer", name = "payer", permissions = new[] { "payments:create" } })).Is(201);
        (await api.PostAsync("/api/v1/roles", new { id = "approver", name = "approver", permissions = new[] { "payments:approve" } })).Is(201);
        return api;
    }
}
