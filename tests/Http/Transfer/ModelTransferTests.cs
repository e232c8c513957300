using System.Text;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Transfer;

[Collection(ServerCollection.Name)]
public sealed class ModelTransferTests(ServerFixture server)
{
    private const string Import = "/api/v1/import";

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("json", "text/plain")]
    [InlineData("yaml", "application/yaml")]
    [InlineData("yaml", "text/yaml; charset=utf-8")]
    [InlineData("yaml", "application/octet-stream")]
    public async Task ExportThenImport_IntoAnEmptyTenant_IsTheIdentity(string format, string type)
    {
        var source = await OddModelAsync();
        var target = await server.TenantAsync();
        var exported = (await source.GetAsync($"/api/v1/export?format={format}")).Is(200);

        (await target.PostAsync($"{Import}?format=authz&dry_run=true", exported.Text, ("Content-Type", type))).Is(200);
        Assert.Empty((await target.GetAsync("/api/v1/roles?include_built_in=false")).Items);
        var first = (await target.PostAsync($"{Import}?format=authz", exported.Text, ("Content-Type", type))).Is(200);
        var again = (await target.PostAsync($"{Import}?format=authz", exported.Text, ("Content-Type", type))).Is(200);

        Assert.True(first["created"].GetInt32() > 0);
        Assert.Equal((0, 0), (again["created"].GetInt32(), again["updated"].GetInt32()));
        Assert.Equal(exported.Text, (await target.GetAsync($"/api/v1/export?format={format}")).Text);
        Assert.Equal((await source.GetAsync("/api/v1/export")).Text, (await target.GetAsync("/api/v1/export")).Text);
        Assert.Single((await target.GetAsync("/api/v1/audit?action=model.imported")).Items);
    }

    [Theory]
    [InlineData("", "text/plain", "body")]
    [InlineData("{}", "application/json", "roles")]
    [InlineData("[]", "application/json", "body")]
    [InlineData("""{"roles":{}}""", "application/json", "roles")]
    [InlineData("""{"roles":[],"roles":[]}""", "application/json", "roles")]
    [InlineData("""{"roles":[],"rolls":[]}""", "application/json", "rolls")]
    [InlineData("""{"format":"other","roles":[]}""", "application/json", "format")]
    [InlineData("""{"version":2,"roles":[]}""", "application/json", "version")]
    [InlineData("""{"roles":[5]}""", "application/json", "roles[0]")]
    [InlineData("""{"roles":[],"team_assignments":[{"role":"viewer","user_id":"a"}]}""", "application/json", "team_assignments[0].principal.type")]
    [InlineData("roles: [&a {name: x}, *a]", "application/yaml", "body")]
    [InlineData("roles: [", "application/yaml", "body")]
    [InlineData("roles:\n  - name: x\n    name: y\n", "application/yaml", "roles[0].name")]
    [InlineData("roles: !!set {a}", "application/yaml", "body")]
    [InlineData("roles: []\n---\nroles: []\n", "application/yaml", "body")]
    [InlineData("? [a]\n: b\n", "application/yaml", "body")]
    public async Task Import_BadModel_IsRefused(string body, string type, string field)
    {
        var api = await server.TenantAsync();

        (await api.PostAsync($"{Import}?format=authz", Encoding.UTF8.GetBytes(body), ("Content-Type", type))).Refused(400, "validation_failed", field);
    }

    [Fact]
    public async Task Import_BadRows_NamesEachAndChangesNothing()
    {
        var api = await server.TenantAsync();

        var reply = (await api.PostAsync($"{Import}?format=authz", """
            {"roles":[{"name":"good"},{"name":""},{"name":"x","typo":1},{"name":"y","hierarchy_level":"a"},{"name":"z","policies":[1]}]}
            """)).Refused(400, "validation_failed");

        Assert.Equal(["roles[1].name", "roles[2].typo", "roles[3].hierarchy_level", "roles[4].policies[0]"], reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/roles?include_built_in=false")).Items);
    }

    [Fact]
    public async Task Import_RowsBadInDifferentWays_NamesAllOfThem()
    {
        var api = await server.TenantAsync();

        var reply = (await api.PostAsync($"{Import}?format=authz", """
            {"roles":[{"name":"a","permissions":["bad"]},{"name":"b","typo":1},{"name":"c","parents":[{"role_id":"b"},{"role_id":"e-id"}]},
                      {"name":"d","parents":[{"role_id":"nobody"}]},{"id":"e-id","name":"e","display_name":""},{"name":"viewer"}],
             "team_assignments":[{"principal":{"type":"user","id":"u"},"role":"a"},{"principal":{"type":"team","id":"t"},"role":"nobody"},
                                 {"principal":{"type":"team","id":"t"},"role":"b"}]}
            """)).Refused(400, "validation_failed");

        Assert.Equal(
            ["roles[0].permissions[0]", "roles[1].typo", "roles[3].parents[0].role_id", "roles[4].display_name", "roles[5].name",
             "team_assignments[0].principal.type", "team_assignments[1].role"],
            reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/roles?include_built_in=false")).Items);
    }

    [Fact]
    public async Task Import_GcloudRowsBadInDifferentWays_NamesAllOfThem()
    {
        var api = await server.TenantAsync();

        var reply = (await api.PostAsync($"{Import}?format=gcloud-roles", """
            [{"name":"a","includedPermissions":["x.y","x"]},{"title":"t"},{"name":"viewer"},{"name":5},{"name":"b"}]
            """)).Refused(400, "validation_failed");

        Assert.Equal(["roles[0].permissions[1]", "roles[1].name", "roles[2].name", "roles[3].name"], reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/roles?include_built_in=false")).Items);
    }

    [Theory]
    [InlineData("authz", "application/json")]
    [InlineData("authz", "application/yaml")]
    [InlineData("gcloud-roles", "application/json")]
    public async Task Import_Nothing_SaysSo(string format, string type)
    {
        var reply = (await new ApiClient(server.Http, "").PostAsync($"{Import}?format={format}", " ", ("Content-Type", type))).Refused(400, "validation_failed", "body");

        Assert.Contains("is empty", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_GcloudRoles_KeepsWhatTheyAre()
    {
        var api = await server.TenantAsync();
        var title = new string('t', 150);

        var reply = (await api.PostAsync($"{Import}?format=gcloud-roles", $$"""
            [{"name":"roles/a.viewer","title":"{{title}}","description":null,"stage":"GA","etag":"AA==","includedPermissions":["a.b.get","a.b.list"]},
             {"name":"roles/a.empty","title":"{{title}}","stage":"BETA"},
             {"name":"roles/a.null","title":null,"description":"d","includedPermissions":null,"deleted":true}]
            """)).Is(200);

        Assert.Equal(3, reply["created"].GetInt32());
        var role = (await api.GetAsync("/api/v1/roles/roles%2Fa.viewer")).Is(200);
        Assert.Equal((title, "GA", 0), (role["display_name"].GetString(), role["metadata"].GetProperty("stage").GetString(), role["hierarchy_level"].GetInt32()));
        Assert.Equal(["a.b:get", "a.b:list"], role.Texts("permissions"));
        Assert.Equal("roles/a.null", (await api.GetAsync("/api/v1/roles/roles%2Fa.null"))["display_name"].GetString());
    }

    [Fact]
    public async Task Import_GcloudBadRows_NamesThem()
    {
        var api = await server.TenantAsync();

        (await api.PostAsync($"{Import}?format=gcloud-roles", """[{"name":"ok"},{"title":"no name"},{"name":5}]"""))
            .Refused(400, "validation_failed", "roles[1].name").Refused(400, "validation_failed", "roles[2].name");
        (await api.PostAsync($"{Import}?format=gcloud-roles", """{"name":"ok"}""")).Refused(400, "validation_failed", "body");
        (await api.PostAsync($"{Import}?format=gcloud-roles", """[{"name":"ok"}""")).Refused(400, "validation_failed", "body");
    }

    [Theory]
    [InlineData("?format=csv", 400, "validation_failed")]
    [InlineData("", 400, "validation_failed")]
    [InlineData("?format=authz&dry_run=perhaps", 400, "validation_failed")]
    [InlineData("?format=authz&dryrun=true", 400, "validation_failed")]
    public async Task Import_BadQuery_IsRefused(string query, int status, string code) =>
        (await new ApiClient(server.Http, "").PostAsync(Import + query, """{"roles":[]}""")).Refused(status, code);

    [Fact]
    public async Task Transfer_OtherFormats_AreRefused()
    {
        var api = new ApiClient(server.Http, "");

        (await api.GetAsync("/api/v1/export?format=xml")).Refused(400, "validation_failed", "format");
        (await api.PostAsync($"{Import}?format=authz", "a=b", ("Content-Type", "application/x-www-form-urlencoded"))).Refused(415, "unsupported_media_type");
    }

    private async Task<ApiClient> OddModelAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "a.b:read", "*:list", "x:y:own");
        string[] names = ["roles/compute.viewer", "yes", "null", "1.5", "- a", "# b", "it's \"quoted\"", "ä\U0001F600", "a: b", "~", " lead", "*star", "&and", "trail "];
        foreach (var name in names)
        {
            (await api.PostAsync("/api/v1/roles", new
            {
                name, description = "two\nlines\tand: #more\u2028", type = "true", permissions = new[] { "*", "roles/x:*" },
                parents = new[] { new { role_id = "base", inheritance_type = "conditional", conditions = new[] { new { type = "attribute_match", @params = new { attribute = "x", @operator = "eq", expected = "1" } } } } },
                metadata = new { number = 1.5, text = "1.5", flag = true, word = "true", nothing = (string?)null, list = new object[] { 1, "1" }, nested = new { empty = new { }, none = Array.Empty<int>() }, date = "2026-01-01", big = 12345678901234567890m },
                hierarchy_level = 3, is_active = name != "yes",
            })).Is(201);
        }
        (await api.PostAsync("/api/v1/roles/roles%2Fcompute.viewer/assign", new { principal = new { type = "team", id = "no" }, scope = new { region = "eu" }, expires_at = "2099-01-01T00:00:00Z", reason = "r" })).Is(200);
        (await api.PostAsync("/api/v1/roles/viewer/assign", new { principal = new { type = "team", id = "no" } })).Is(200);
        return api;
    }
}
