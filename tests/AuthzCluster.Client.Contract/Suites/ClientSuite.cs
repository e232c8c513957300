using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>What a client promises whatever its transport; each test in a tenant of its own.</summary>
public abstract class ClientSuite(ITransport transport)
{
    protected ITransport Transport => transport;

    /// <summary>Clients of a new tenant with these packs (none: <c>standard</c>), with the administrator's key.</summary>
    protected async Task<IClients> OfNewTenantAsync(params string[] packs) =>
        transport.Of(await transport.MakeTenantAsync(null, packs.Length == 0 ? ["standard"] : packs));
}
