using System.Net;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Client.Orleans.Tests.Support;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Client.Orleans.Tests;

/// <summary>A client of its own, by TCP to a silo.</summary>
public sealed class ConnectionTests
{
    private const string Cluster = "tests";

    [Fact]
    public async Task Start_BeforeTheSilos_KeepsNobodyFromStarting_AndConnectsLater()
    {
        var port = TcpSilo.FreePort();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAuthzClusterOrleansClient(options =>
        {
            (options.Silos, options.ClusterId, options.ApiKey) = ([$"localhost:{port}", $"127.0.0.1:{port}"], Cluster, TcpSilo.Key);
            options.Timeout = TimeSpan.FromSeconds(1);
        });
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IAuthorizationClient>();
        await Assert.ThrowsAsync<DeadlineExceededException>(() => client.IsAdminAsync("alice"));

        await using var silo = await TcpSilo.StartAsync(port, Cluster);

        Assert.False(await UntilAnsweredAsync(() => client.IsAdminAsync("alice")));
        await host.StopAsync();
    }

    [Fact]
    public async Task Container_WithoutAHost_ConnectsAtTheFirstCall_AndEndsInEitherWay()
    {
        var port = TcpSilo.FreePort();
        await using var silo = await TcpSilo.StartAsync(port, Cluster);
        foreach (var isAsync in new[] { true, false })
        {
            var services = Services(port, Cluster);
            Assert.NotEmpty(await services.GetRequiredService<IRoleService>().GetAllRolesAsync());
            if (isAsync)
            {
                await services.DisposeAsync();
            }
            else
            {
                services.Dispose();
            }
        }
    }

    [Fact]
    public async Task OtherCluster_AtTheAddress_IsNotTakenForIt()
    {
        var port = TcpSilo.FreePort();
        await using var silo = await TcpSilo.StartAsync(port, "another");
        await using var services = Services(port, Cluster, TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<DeadlineExceededException>(() => services.GetRequiredService<IRoleService>().GetAllRolesAsync());
    }

    [Fact]
    public async Task Silo_WithACertificate_IsAskedByWhoHasOneOfItsAuthority()
    {
        using var ours = new TestAuthority();
        using var foreign = new TestAuthority();
        var port = TcpSilo.FreePort();
        var (certificate, authority) = Read(ours.Issue());
        await using var silo = await TcpSilo.StartAsync(port, Cluster, builder => builder.UseTls(certificate, tls => ClusterTls.Apply(tls, certificate, authority)));
        await using var member = Services(port, Cluster, tls: ours.Issue());
        await using var stranger = Services(port, Cluster, TimeSpan.FromSeconds(1), foreign.Issue());
        await using var bare = Services(port, Cluster, TimeSpan.FromSeconds(1));

        Assert.NotEmpty(await member.GetRequiredService<IRoleService>().GetAllRolesAsync());
        await Assert.ThrowsAsync<DeadlineExceededException>(() => stranger.GetRequiredService<IRoleService>().GetAllRolesAsync());
        await Assert.ThrowsAsync<DeadlineExceededException>(() => bare.GetRequiredService<IRoleService>().GetAllRolesAsync());
    }

    [Fact]
    public async Task Silo_ThatIsAnApplicationToo_AsksItsOwnCluster()
    {
        await using var silo = await TcpSilo.StartAsync(TcpSilo.FreePort(), Cluster);
        var roles = silo.Services.GetRequiredService<IRoleService>();

        await roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("a:read").AssignTo("alice").Build());

        Assert.True((await silo.Services.GetRequiredService<IAuthorizationClient>().EvaluateAsync(new AccessQuestion("alice", "a:read"))).IsAllowed);
    }

    private static ServiceProvider Services(int port, string cluster, TimeSpan? timeout = null, TlsOptions? tls = null) => new ServiceCollection().AddAuthzClusterOrleansClient(options =>
    {
        (options.Silos, options.ClusterId, options.ApiKey) = ([$"{IPAddress.Loopback}:{port}"], cluster, TcpSilo.Key);
        options.Timeout = timeout ?? TimeSpan.FromMinutes(1);
        if (tls is not null)
        {
            var (own, authority) = Read(tls);
            options.ConfigureClient = client => client.UseTls(own, of => ClusterTls.Apply(of, own, authority));
        }
    }).BuildServiceProvider();

    private static (X509Certificate2 Own, X509Certificate2 Authority) Read(TlsOptions tls) =>
        (X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key), X509CertificateLoader.LoadCertificateFromFile(tls.Authority!));

    private static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask().WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (UnavailableException)
            {
            }
        }
    }
}
