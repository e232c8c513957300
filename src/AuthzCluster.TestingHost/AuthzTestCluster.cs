using AuthzCluster.Grains;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace AuthzCluster.TestingHost;

/// <summary>A cluster of silos in this process, over storage of its own. Dispose stops it and removes its data.</summary>
public sealed class AuthzTestCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly SqliteStore _store;
    private readonly DirectoryInfo _directory;

    private AuthzTestCluster(InProcessTestCluster cluster, SqliteStore store, DirectoryInfo directory) =>
        (_cluster, _store, _directory) = (cluster, store, directory);

    /// <summary>The ports of the service, by way of an Orleans client.</summary>
    public ClusterPorts Ports { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="silos">How many silos.</param>
    public static async Task<AuthzTestCluster> StartAsync(short silos = 2)
    {
        var directory = Directory.CreateTempSubdirectory("authz-cluster-");
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(directory.FullName));
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.AddAuthzGrains(_ => new SharedStorage(store, store, () => store.WriteProblem)));
        builder.ConfigureClient(client => client.Services.AddAuthzWire());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new AuthzTestCluster(cluster, store, directory)
        {
            Ports = new ClusterPorts(cluster.Client, new ClusterCallOptions(), new OrderedIds(TimeProvider.System), TimeProvider.System),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
