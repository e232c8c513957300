using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Tests.Support;

/// <summary>HTTP to a real embedded server.</summary>
internal sealed class HttpTransport(ServerFixture server) : ITransport
{
    public IClients Of(string tenant, string? key = null) =>
        Clients.Of(server, options => (options.Tenant, options.ApiKey) = (tenant, key ?? options.ApiKey));

    public async Task<string> MakeTenantAsync(string? id = null, params string[] packs)
    {
        if (id is null)
        {
            return (await server.TenantAsync(packs)).Tenant;
        }
        (await new ApiClient(server.Http, "").PostAsync("/api/v1/tenants", new { id, packs })).Is(201);
        return id;
    }

    public async Task SetEditionAsync(string tenant, string edition) =>
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{tenant}", new { edition })).Is(200);

    public async Task<(Principal Who, string Key)> MakeKeyAsync(string tenant, params string[] roles)
    {
        var made = (await Api(tenant).PostAsync("/api/v1/api-keys", new { name = "key", roles })).Is(201);
        return (Principal.Parse(made["subject"].GetString()!), made["key"].GetString()!);
    }

    public async Task RevokeKeyAsync(string tenant, Principal who) => (await Api(tenant).DeleteAsync($"/api/v1/api-keys/{who.Id}")).Is(204);

    public async Task JoinAsync(string tenant, string team, string user) => (await Api(tenant).PutAsync($"/api/v1/teams/{team}/members/{user}", null)).Is(204);

    public async Task<int> CountRefusalsAsync(string tenant, Principal who) =>
        (await Api(tenant).GetAsync($"/api/v1/audit?action=access.refused&actor={who}")).Is(200).Items.Count;

    public async Task ImportAsync(string tenant, IReadOnlyList<string> roles, int holders)
    {
        (await Api(tenant).PostAsync("/api/v1/import?format=gcloud-roles", roles.Select(name => new { name, title = name, includedPermissions = new[] { "a.read" } }))).Is(200);
        (await Api(tenant).PostAsync("/api/v1/import?format=assignments", Enumerable.Range(0, holders).Select(i => new { user_id = $"u{i}", role = roles[0] }))).Is(200);
    }

    private ApiClient Api(string tenant) => new(server.Http, $"/tenants/{tenant}");
}
