using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class PolicyTests(ServerFixture server)
{
    private const string Policies = "/api/v1/policies";

    private const string Night = """
        {"id":"night","name":"Not at night","effect":"deny","resources":["invoices:*"],"priority":7,
         "conditions":[{"type":"attribute_match","params":{"attribute":"night","operator":"eq","expected":true}}]}
        """;

    private static readonly object AtNight = new { user = "alice", permission = "invoices:read", context = new { night = true } };

    [Fact]
    public async Task Create_ThenReplaceAndDelete_CountsAtOnceAndIsAudited()
    {
        var api = await ClerkAsync();
        Assert.Equal("granted", (await api.AskAsync(AtNight))["reason"].GetString());

        var made = (await api.PostAsync(Policies, Night)).Is(201);

        Assert.EndsWith("/api/v1/policies/night", made.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal("\"1\"", made.Headers["ETag"]);
        Assert.Equal(("night", "deny", 7, true, 1), (made["id"].GetString(), made["effect"].GetString(), made["priority"].GetInt32(), made["is_active"].GetBoolean(), made["version"].GetInt32()));
        var denied = await api.AskAsync(AtNight);
        Assert.Equal(("denied_by_policy", "night"), (denied["reason"].GetString(), denied["matched_policy"].GetString()));
        Assert.Equal(made.Text, (await api.GetAsync($"{Policies}/night")).Is(200).Text);

        (await api.PutAsync($"{Policies}/night", Night, ("If-Match", "\"9\""))).Refused(412, "precondition_failed");
        var off = Night.Replace("\"priority\":7", "\"is_active\":false", StringComparison.Ordinal);
        var replaced = (await api.PutAsync($"{Policies}/night", off, ("If-Match", "\"1\""))).Is(200);
        Assert.Equal((0, false, 2), (replaced["priority"].GetInt32(), replaced["is_active"].GetBoolean(), replaced["version"].GetInt32()));
        Assert.Equal(2, (await api.PutAsync($"{Policies}/night", off)).Is(200)["version"].GetInt32());
        Assert.Equal("granted", (await api.AskAsync(AtNight))["reason"].GetString());

        (await api.DeleteAsync($"{Policies}/night", ("If-Match", "\"1\""))).Refused(412, "precondition_failed");
        (await api.DeleteAsync($"{Policies}/night")).Is(204);
        (await api.DeleteAsync($"{Policies}/night")).Refused(404, "policy_not_found");
        (await api.GetAsync($"{Policies}/night")).Refused(404, "policy_not_found");
        var told = (await api.GetAsync("/api/v1/audit?target=night")).Items.Select(record => record.GetProperty("action").GetString()).Order();
        Assert.Equal(["policy.created", "policy.deleted", "policy.updated"], told);
    }

    [Theory]
    [InlineData("""{"effect":"deny"}""", "name")]
    [InlineData("""{"name":"x"}""", "effect")]
    [InlineData("""{"name":"x","effect":"perhaps"}""", "effect")]
    [InlineData("""{"name":"x","effect":"deny","typo":1}""", "typo")]
    [InlineData("""{"name":"x","effect":"deny","id":".."}""", "id")]
    [InlineData("""{"name":"x","effect":"deny","priority":"high"}""", "priority")]
    [InlineData("""{"name":"x","effect":"deny","resources":["a*b"]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","resources":[null]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","resources":["doc:read:own","doc:raed:everywhere"]}""", "resources[1]")]
    [InlineData("""{"name":"x","effect":"deny","resources":["doc:read:every*"]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","resources":["*:read:everywhere"]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","resources":["doc:read:own:more"]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","resources":["doc:read:"]}""", "resources[0]")]
    [InlineData("""{"name":"x","effect":"deny","grant_permissions":["a:b"]}""", "grant_permissions")]
    [InlineData("""{"name":"x","effect":"allow","grant_permissions":["a"]}""", "grant_permissions[0]")]
    [InlineData("""{"name":"x","effect":"deny","conditions":[{"type":"resource_owner"},{"type":"ip_range","params":{"ranges":["1.2.3"]}}]}""", "conditions[1].params.ranges[0]")]
    [InlineData("""{"name":"x","effect":"deny","conditions":[{"type":"not","params":{"condition":{"type":"expression","params":{"text":"a ="}}}}]}""", "conditions[0].params.condition.params.text")]
    [InlineData("""{"name":"x","effect":"deny","tenant_id":"another"}""", "tenant_id")]
    [InlineData("""{"name":"x","effect":"deny","role_id":"viewer"}""", "role_id")]
    public async Task Create_BadBody_NamesThePlaceAndChangesNothing(string body, string field)
    {
        var api = await server.TenantAsync();

        (await api.PostAsync(Policies, body)).Refused(400, "validation_failed", field);

        Assert.Empty((await api.GetAsync(Policies)).Items);
    }

    [Fact]
    public async Task List_OfMany_ComesInPagesWithThoseOfPacks()
    {
        var api = await server.TenantAsync(["business"]);
        foreach (var id in new[] { "b", "a", "z" })
        {
            (await api.PostAsync(Policies, new { id, name = id, effect = "allow" })).Is(201);
        }

        var first = await api.GetAsync($"{Policies}?limit=3");
        var second = await api.GetAsync($"{Policies}?limit=3&page_token={Uri.EscapeDataString(first.NextPage!)}");

        Assert.Equal(["a", "b", "policy_business_hours", "policy_ownership", "z"], first.Items.Concat(second.Items).Select(item => item.GetProperty("id").GetString()));
        Assert.Null(second.NextPage);
        (await api.DeleteAsync($"{Policies}/policy_ownership")).Refused(409, "invalid_state");
        (await api.PutAsync($"{Policies}/policy_ownership", new { name = "x", effect = "allow" })).Refused(409, "invalid_state");
        (await api.PostAsync(Policies, new { id = "a", name = "a", effect = "deny" })).Refused(409, "invalid_state");
    }

    [Fact]
    public async Task OfARole_AppliesToItsHoldersAndGoesWithIt()
    {
        var api = await ClerkAsync();
        await api.RoleAsync("boss", "invoices:*");
        await api.AssignAsync("boss", "bob");

        var made = (await api.PostAsync("/api/v1/roles/clerk/policies", Night)).Is(201);

        Assert.EndsWith("/api/v1/roles/clerk/policies/night", made.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal("denied_by_policy", (await api.AskAsync(AtNight))["reason"].GetString());
        Assert.Equal("granted", (await api.AskAsync(new { user = "bob", permission = "invoices:read", context = new { night = true } }))["reason"].GetString());
        Assert.Equal("night", Assert.Single((await api.GetAsync("/api/v1/roles/clerk"))["policies"].EnumerateArray()).GetProperty("id").GetString());
        (await api.GetAsync($"{Policies}/night")).Refused(404, "policy_not_found");
        (await api.PostAsync("/api/v1/roles/viewer/policies", Night)).Refused(409, "system_role_protected");
        (await api.PostAsync("/api/v1/roles/nobody/policies", Night)).Refused(404, "role_not_found");
        (await api.DeleteAsync("/api/v1/roles/clerk/policies/other")).Refused(404, "policy_not_found");

        (await api.DeleteAsync("/api/v1/roles/clerk/policies/night", ("If-Match", "\"1\""))).Refused(412, "precondition_failed");
        (await api.DeleteAsync("/api/v1/roles/clerk/policies/night")).Is(204);
        Assert.Equal("granted", (await api.AskAsync(AtNight))["reason"].GetString());
        (await api.PostAsync("/api/v1/roles/clerk/policies", Night)).Is(201);
        (await api.DeleteAsync("/api/v1/roles/clerk?force=true")).Is(204);
        (await api.PostAsync(Policies, Night)).Is(201);
    }

    [Fact]
    public async Task MadeWithItsRole_CountsAndWhatIsLeftOutOfAReplacementGoes()
    {
        var api = await server.TenantAsync();
        var body = """{"name":"clerk","permissions":["invoices:read"],"policies":[{"name":"never","effect":"deny"}],"assigned_to":["alice"]}""";

        var made = (await api.PostAsync("/api/v1/roles", body)).Is(201);

        var id = Assert.Single(made["policies"].EnumerateArray()).GetProperty("id").GetString();
        Assert.NotEmpty(id!);
        Assert.Equal("denied_by_policy", await api.ReasonAsync("alice", "invoices:read"));
        (await api.PutAsync("/api/v1/roles/clerk", """{"name":"clerk","permissions":["invoices:read"]}""")).Is(200);
        Assert.Equal("granted", await api.ReasonAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Write_ByWhoLacksTheRightOrWhatItGives_IsForbidden()
    {
        var api = await ClerkAsync();
        await api.RoleAsync("editor", "authz.policies:*", "authz.roles:read", "authz.evaluate:execute", "invoices:read");
        await api.RoleAsync("roles-only", "authz.roles:create", "authz.roles:read", "authz.roles:update", "invoices:*");
        var editor = api.As(await KeyAsync(api, "editor"));
        var rolesOnly = api.As(await KeyAsync(api, "roles-only"));

        (await editor.PostAsync(Policies, """{"name":"g","effect":"allow","grant_permissions":["invoices:pay"]}""")).Refused(403, "forbidden");
        (await editor.PostAsync(Policies, """{"name":"g","effect":"allow","grant_permissions":["*"]}""")).Refused(403, "forbidden");
        (await editor.PostAsync(Policies, """{"id":"g","name":"g","effect":"allow","grant_permissions":["invoices:read"]}""")).Is(201);
        (await editor.PutAsync($"{Policies}/g", """{"name":"g","effect":"allow","grant_permissions":["invoices:pay"]}""")).Refused(403, "forbidden");
        (await rolesOnly.GetAsync(Policies)).Refused(403, "forbidden");
        (await rolesOnly.PostAsync("/api/v1/roles/clerk/policies", Night)).Refused(403, "forbidden");
        (await rolesOnly.PostAsync("/api/v1/roles", """{"name":"new","policies":[{"name":"p","effect":"deny"}]}""")).Refused(403, "forbidden");
        (await rolesOnly.PostAsync("/api/v1/roles", """{"name":"new"}""")).Is(201);
        // What a role's policy gives comes with the role.
        (await api.PostAsync("/api/v1/roles", """{"name":"giver","policies":[{"name":"p","effect":"allow","grant_permissions":["secrets:read"]}]}""")).Is(201);
        (await rolesOnly.PutAsync("/api/v1/roles/giver/parents/clerk", "{}")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Assign_WhatPoliciesGiveToTheRoleOrTheTeam_IsGivenToo()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("plain", "invoices:read");
        await api.RoleAsync("assigner", "authz.assignments:create", "authz.teams:*", "authz.roles:create", "invoices:*");
        var assigner = api.As(await KeyAsync(api, "assigner"));
        (await api.PostAsync(Policies, """{"id":"p","name":"p","effect":"allow","principals":["role:plain","role:later","team:band"],"grant_permissions":["secrets:read"]}""")).Is(201);

        (await assigner.PostAsync("/api/v1/roles/plain/assign", """{"user_id":"bob"}""")).Refused(403, "forbidden");
        (await assigner.PutAsync("/api/v1/teams/band/members/bob", null)).Refused(403, "forbidden");
        (await assigner.PostAsync("/api/v1/roles", """{"name":"later"}""")).Refused(403, "forbidden");

        (await api.DeleteAsync($"{Policies}/p")).Is(204);
        (await assigner.PostAsync("/api/v1/roles/plain/assign", """{"user_id":"bob"}""")).Is(200);
        (await assigner.PutAsync("/api/v1/teams/band/members/bob", null)).Is(204);
        (await assigner.PostAsync("/api/v1/roles", """{"name":"later"}""")).Is(201);
    }

    [Fact]
    public async Task Audit_TellsWhatAPolicySaysToWhoMayReadPoliciesOnly()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Policies, """{"id":"p","name":"p","effect":"deny","conditions":[{"type":"expression","params":{"text":"context.word = 'hush'"}}]}""")).Is(201);
        await api.RoleAsync("auditor", "authz.audit:read");
        await api.RoleAsync("reader", "authz.audit:read", "authz.policies:read");

        var told = (await api.As(await KeyAsync(api, "auditor")).GetAsync("/api/v1/audit?action=policy.created")).Is(200);
        Assert.DoesNotContain("hush", told.Text, StringComparison.Ordinal);
        Assert.Equal("p", told.Items.Single().GetProperty("target").GetProperty("id").GetString());
        Assert.Contains("hush", (await api.As(await KeyAsync(api, "reader")).GetAsync("/api/v1/audit?action=policy.created")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AConditionThatSawALot_TellsTheBeginning()
    {
        var api = await ClerkAsync();
        (await api.PostAsync(Policies, """{"id":"p","name":"p","effect":"deny","conditions":[{"type":"attribute_match","params":{"attribute":"context.x","operator":"exists"}},{"type":"attribute_match","params":{"attribute":"context.y","operator":"exists"}}]}""")).Is(201);
        var body = $$"""{"user":"alice","permission":"invoices:read","context":{"x":"{{new string('a', 100_000)}}","y":[{{string.Join(',', Enumerable.Range(0, 10_000))}}] } }""";

        var told = (await api.PostAsync("/api/v1/authorization/explain", body)).Is(200).Text;

        Assert.True(told.Length < 10_000, $"{told.Length}");
        Assert.Contains("aaa", told, StringComparison.Ordinal);
        Assert.Contains("too large to be told", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ShowsConditionsAndValuesToWhoMayReadPoliciesOnly()
    {
        var api = await ClerkAsync();
        (await api.PostAsync(Policies, Night)).Is(201);
        (await api.PostAsync("/api/v1/roles/clerk/policies", """{"id":"own","name":"o","effect":"allow","priority":9,"conditions":[{"type":"not","params":{"condition":{"type":"resource_owner"}}}],"actions":["pay"]}""")).Is(201);
        await api.RoleAsync("auditor", "authz.roles:read", "authz.evaluate:execute");

        var full = (await api.PostAsync("/api/v1/authorization/explain", AtNight)).Is(200)["policies"];
        var told = (await api.As(await KeyAsync(api, "auditor")).PostAsync("/api/v1/authorization/explain", AtNight)).Is(200);

        Assert.Equal(["own", "night"], full.EnumerateArray().Select(step => step.GetProperty("policy").GetString()));
        Assert.Equal(["not_targeted", "denied"], full.EnumerateArray().Select(step => step.GetProperty("outcome").GetString()));
        var condition = Assert.Single(full[1].GetProperty("conditions").EnumerateArray());
        Assert.Equal(("attribute_match", "true", true), (condition.GetProperty("type").GetString(), condition.GetProperty("result").GetString(), condition.GetProperty("saw").GetProperty("night").GetBoolean()));
        Assert.Equal("""[{"policy":"own","decided":false},{"policy":"night","decided":true}]""", told["policies"].GetRawText());
        var role = (await api.As(await KeyAsync(api, "auditor")).GetAsync("/api/v1/roles/clerk")).Is(200);
        Assert.Equal("""[{"id":"own"}]""", role["policies"].GetRawText());
    }

    [Fact]
    public async Task Test_TellsWhatWouldBeAndSavesNothing()
    {
        var api = await ClerkAsync();
        var requests = """[{"user":"alice","permission":"invoices:read","context":{"night":true},"expected":"deny"},{"user":"alice","permission":"invoices:read","expected":"allow"},{"user":"alice","permission":"invoices:read","expected":"denied_by_policy"},{"user":"bob","permission":"a:b"}]""";
        var before = (await api.AskAsync(AtNight))["model_revision"].GetInt64();

        var tried = (await api.PostAsync($"{Policies}/test", $$"""{"policy":{{Night}},"requests":{{requests}}}""")).Is(200);

        var results = tried["results"].EnumerateArray().ToArray();
        Assert.False(tried["passed"].GetBoolean());
        Assert.Equal([true, true, false], results.Take(3).Select(result => result.GetProperty("as_expected").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, results[3].GetProperty("as_expected").ValueKind);
        Assert.Equal(["denied_by_policy", "granted", "granted", "no_assignment"], results.Select(result => result.GetProperty("reason").GetString()));
        Assert.Equal("night", results[0].GetProperty("policies")[0].GetProperty("policy").GetString());
        Assert.NotEmpty(results[0].GetProperty("trace").EnumerateArray());
        var after = await api.AskAsync(AtNight);
        Assert.Equal(("granted", before), (after["reason"].GetString(), after["model_revision"].GetInt64()));
        Assert.Empty((await api.GetAsync(Policies)).Items);
        // In place of the one with its id.
        (await api.PostAsync(Policies, Night)).Is(201);
        var off = $$"""{"policy":{"id":"night","name":"n","effect":"deny","is_active":false},"requests":{{requests}}}""";
        Assert.Equal("granted", (await api.PostAsync($"{Policies}/test", off)).Is(200)["results"][0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Test_ByWhoMayNotReadEntities_Is403()
    {
        var api = await ClerkAsync();
        (await api.PutAsync("/api/v1/entities/patient/p1", new { properties = new { ssn = "123-45" } })).Is(200);
        await api.RoleAsync("author", "authz.policies:read", "authz.roles:read", "authz.evaluate:execute");
        await api.RoleAsync("registrar", "authz.policies:read", "authz.roles:read", "authz.evaluate:execute", "authz.entities:read");
        var probe = """{"policy":{"id":"p","name":"p","effect":"allow","conditions":[{"type":"attribute_match","params":{"attribute":"resource.ssn","operator":"exists"}}]},"requests":[{"user":"alice","permission":"patient:read","resource":{"type":"patient","id":"p1"}}]}""";

        var refused = (await api.As(await KeyAsync(api, "author")).PostAsync($"{Policies}/test", probe)).Refused(403, "forbidden");
        Assert.DoesNotContain("123-45", refused.Text, StringComparison.Ordinal);
        (await api.As(await KeyAsync(api, "registrar")).PostAsync($"{Policies}/test", probe)).Is(200);
    }

    [Theory]
    [InlineData("""{"requests":[]}""", "policy")]
    [InlineData("""{"policy":{"name":"x","effect":"deny"}}""", "requests")]
    [InlineData("""{"policy":{"name":"x","effect":"deny","conditions":[{"type":"moon"}]},"requests":[]}""", "policy.conditions[0].type")]
    [InlineData("""{"policy":{"name":"x","effect":"deny","typo":1},"requests":[]}""", "policy.typo")]
    [InlineData("""{"policy":{"name":"x","effect":"deny"},"requests":[{"user":"a","permission":"a:b","expected":"maybe"}]}""", "requests[0].expected")]
    [InlineData("""{"policy":{"name":"x","effect":"deny"},"requests":[{"user":"a","expected":"deny"}]}""", null)]
    [InlineData("""{"policy":{"name":"x","effect":"deny"},"requests":[],"more":1}""", "more")]
    public async Task Test_BadBody_NamesThePlace(string body, string? field)
    {
        var api = await server.TenantAsync();

        (await api.PostAsync($"{Policies}/test", body)).Refused(400, "validation_failed", field);
    }

    [Fact]
    public async Task PolicyWithTheIdTest_IsFoundThere()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Policies, """{"id":"test","name":"t","effect":"deny"}""")).Is(201);

        Assert.Equal("t", (await api.GetAsync($"{Policies}/test")).Is(200)["name"].GetString());
        (await api.DeleteAsync($"{Policies}/test")).Is(204);
    }

    [Fact]
    public async Task Export_HasPoliciesForWhoMayReadThem_AndImportsAgain()
    {
        var api = await ClerkAsync();
        (await api.PostAsync(Policies, Night)).Is(201);
        (await api.PostAsync("/api/v1/roles/clerk/policies", """{"id":"own","name":"o","effect":"deny","actions":["pay"]}""")).Is(201);
        await api.RoleAsync("exporter", "authz.model:*", "authz.roles:*", "invoices:read");

        var export = (await api.GetAsync("/api/v1/export")).Is(200).Text;
        var without = (await api.As(await KeyAsync(api, "exporter")).GetAsync("/api/v1/export")).Is(200).Text;

        Assert.DoesNotContain("policies", without, StringComparison.Ordinal);
        (await api.As(await KeyAsync(api, "exporter")).PostAsync("/api/v1/import?format=authz", """{"roles":[],"policies":[{"name":"x","effect":"deny"}]}""")).Refused(403, "forbidden");
        var other = await server.TenantAsync();
        AssertPolicies(2, 0, 0, (await other.PostAsync("/api/v1/import?format=authz", export)).Is(200));
        Assert.Equal(export, (await other.GetAsync("/api/v1/export")).Text);
        var told = Assert.Single((await other.GetAsync("/api/v1/audit?action=model.imported")).Items).GetProperty("after");
        Assert.Equal((2, 0, 0), (told.GetProperty("policies_created").GetInt32(), told.GetProperty("policies_updated").GetInt32(), told.GetProperty("policies_removed").GetInt32()));
        var again = (await other.PostAsync("/api/v1/import?format=authz", export)).Is(200);
        Assert.Equal(0, again["updated"].GetInt32());
        AssertPolicies(0, 0, 0, again);
        const string others = """{"roles":[{"name":"clerk","policies":[{"id":"another","name":"o","effect":"deny"}]}],"policies":[{"id":"night","name":"changed","effect":"deny"}]}""";
        AssertPolicies(1, 1, 1, (await other.PostAsync("/api/v1/import?format=authz&dry_run=true", others)).Is(200));
        Assert.Equal("night", Assert.Single((await other.GetAsync(Policies)).Items).GetProperty("id").GetString());
        // What an import does not speak of stays; elsewhere there is nothing that could.
        AssertPolicies(0, 0, 0, (await api.PostAsync("/api/v1/import?format=authz", without)).Is(200));
        var bare = await server.TenantAsync();
        AssertPolicies(0, 0, 0, (await bare.PostAsync("/api/v1/import?format=authz", without)).Is(200));
        Assert.DoesNotContain("policies", (await bare.GetAsync("/api/v1/export")).Text, StringComparison.Ordinal);
        Assert.Equal(export, (await api.GetAsync("/api/v1/export")).Text);
        (await api.PostAsync("/api/v1/import?format=authz", """{"roles":[],"policies":[{"id":"own","name":"x","effect":"deny"}]}""")).Refused(400, "validation_failed", "policies[0].id");
    }

    private static void AssertPolicies(int created, int updated, int removed, Reply report) => Assert.Equal(
        (created, updated, removed), (report["policies_created"].GetInt32(), report["policies_updated"].GetInt32(), report["policies_removed"].GetInt32()));

    private static async Task<string> KeyAsync(ApiClient api, string role) =>
        (await api.PostAsync("/api/v1/api-keys", new { name = role, roles = new[] { role } })).Is(201)["key"].GetString()!;

    private async Task<ApiClient> ClerkAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        return api;
    }
}
