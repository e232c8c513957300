using AuthzCluster.Client.Contract.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Tests.Support;

/// <summary>The clients as an application gets them: from its container.</summary>
internal sealed class Clients : IClients
{
    private readonly ServiceProvider _services;

    private Clients(Action<AuthzClusterClientOptions> configure, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddAuthzClusterClient(configure);
        if (time is not null)
        {
            services.AddSingleton(time);
        }
        _services = services.BuildServiceProvider();
    }

    public IAuthorizationClient Authorization => _services.GetRequiredService<IAuthorizationClient>();

    public IRoleService Roles => _services.GetRequiredService<IRoleService>();

    public string Tenant => _services.GetRequiredService<IOptions<AuthzClusterClientOptions>>().Value.Tenant;

    /// <summary>Of a new tenant of the server, with the admin's key.</summary>
    public static async Task<Clients> OfNewTenantAsync(ServerFixture server, params string[] packs)
    {
        var tenant = (await server.TenantAsync(packs.Length == 0 ? ["standard"] : packs)).Tenant;
        return Of(server, options => options.Tenant = tenant);
    }

    /// <summary>Of the server, with the admin's key unless <paramref name="configure"/> says another.</summary>
    public static Clients Of(ServerFixture server, Action<AuthzClusterClientOptions> configure) => new(options =>
    {
        (options.Address, options.ApiKey, options.Timeout) = (server.Url, server.Key, TimeSpan.FromMinutes(1));
        configure(options);
    });

    /// <summary>Of an endpoint of the test, with a deadline that no test waits for and no wait before repeats.</summary>
    public static Clients Of(Uri address, Action<AuthzClusterClientOptions>? configure = null, TimeProvider? time = null) => new(
        options =>
        {
            (options.Address, options.ApiKey, options.Timeout, options.RetryDelay) = (address, "key", TimeSpan.FromMinutes(1), TimeSpan.Zero);
            configure?.Invoke(options);
        },
        time);

    public void Dispose() => _services.Dispose();
}
