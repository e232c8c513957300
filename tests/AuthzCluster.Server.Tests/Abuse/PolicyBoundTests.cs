using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Abuse;

/// <summary>All policies of a tenant are in the memory of every node: together they have a bound, whichever way they are written.</summary>
[Collection(ServerCollection.Name)]
public sealed class PolicyBoundTests(ServerFixture server)
{
    private const string Policies = "/api/v1/policies", Import = "/api/v1/import?format=authz";

    private static readonly string Large = $$$"""{"type":"attribute_match","params":{"attribute":"x","operator":"in","expected":["{{{new string('x', 16_000)}}}"]}}""";

    [Fact]
    public async Task Write_BeyondWhatPoliciesMayBeTogether_IsRefusedAndChangesNothing()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        (await api.PostAsync(Import, Model(policies: string.Join(',', Enumerable.Range(0, 32).Select(i => Policy($"p{i}", 64)))))).Is(200);
        (await api.PostAsync(Policies, Policy("small", 20))).Is(201);
        var version = await VersionAsync(api);

        var refusal = (await api.PostAsync(Policies, Policy("new", 40))).Refused(409, "invalid_state");
        Assert.Contains("the policies of the tenant, those of its roles among them", refusal["detail"].GetString(), StringComparison.Ordinal);
        (await api.PutAsync($"{Policies}/small", Policy("small", 60))).Refused(409, "invalid_state");
        (await api.PostAsync("/api/v1/roles/clerk/policies", Policy("new", 40))).Refused(409, "invalid_state");
        (await api.PostAsync("/api/v1/roles", Role("new", 40))).Refused(409, "invalid_state");
        (await api.PutAsync("/api/v1/roles/clerk", Role("clerk", 40))).Refused(409, "invalid_state");
        (await api.PostAsync(Import, Model(policies: Policy("new", 40)))).Refused(409, "invalid_state");
        (await api.PostAsync(Import + "&dry_run=true", Model(policies: Policy("new", 40)))).Refused(409, "invalid_state");
        (await api.PostAsync(Import, Model(roles: Role("new", 40)))).Refused(409, "invalid_state");
        Assert.Equal(version, await VersionAsync(api));

        (await api.PutAsync($"{Policies}/small", Policy("small", 1))).Is(200);
        (await api.DeleteAsync($"{Policies}/p0")).Is(204);
        (await api.PostAsync("/api/v1/roles", Role("new", 40))).Is(201);
    }

    private static async Task<long> VersionAsync(ApiClient api) => (await api.AskAsync(new { user = "alice", permission = "a:b" }))["model_revision"].GetInt64();

    private static string Policy(string id, int conditions) => $$"""{"id":"{{id}}","name":"p","effect":"deny","conditions":[{{string.Join(',', Enumerable.Repeat(Large, conditions))}}]}""";

    private static string Role(string name, int conditions) => $$"""{"name":"{{name}}","policies":[{{Policy("new", conditions)}}]}""";

    private static string Model(string roles = "", string policies = "") => $$"""{"roles":[{{roles}}],"policies":[{{policies}}]}""";
}
