using AuthzCluster.Client.Contract.Hosting;
using AuthzCluster.TestingHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Orleans.Tests.Support;

/// <summary>The clients as an application gets them that is a client of the cluster already.</summary>
internal sealed class GrainClients : IClients
{
    private readonly ServiceProvider _services;

    public GrainClients(AuthzTestCluster cluster, Action<AuthzClusterGrainOptions> configure)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(cluster.Time).AddSingleton(cluster.Client);
        _services = services.AddAuthzClusterGrainClient(options =>
        {
            options.Timeout = TimeSpan.FromMinutes(1);
            configure(options);
        }).BuildServiceProvider();
    }

    public IAuthorizationClient Authorization => _services.GetRequiredService<IAuthorizationClient>();

    public IRoleService Roles => _services.GetRequiredService<IRoleService>();

    public string Tenant => _services.GetRequiredService<IOptions<AuthzClusterGrainOptions>>().Value.Tenant;

    public void Dispose() => _services.Dispose();
}
