using System.Net;
using AuthzCluster.Client.Orleans.Tests.Support;
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
    public async Task Silo_ThatIsAnApplicationToo_AsksItsOwnCluster()
    {
        await using var silo = await TcpSilo.StartAsync(TcpSilo.FreePort(), Cluster);
        var roles = silo.Services.GetRequiredService<IRoleService>();

        await roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("a:read").AssignTo("alice").Build());

        Assert.True((await silo.Services.GetRequiredService<IAuthorizationClient>().EvaluateAsync(new AccessQuestion("alice", "a:read"))).IsAllowed);
    }

    private static ServiceProvider Services(int port, string cluster, TimeSpan? timeout = null) => new ServiceCollection().AddAuthzClusterOrleansClient(options =>
    {
        (options.Silos, options.ClusterId, options.ApiKey) = ([$"{IPAddress.Loopback}:{port}"], cluster, TcpSilo.Key);
        options.Timeout = timeout ?? TimeSpan.FromMinutes(1);
    }).BuildServiceProvider();

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
