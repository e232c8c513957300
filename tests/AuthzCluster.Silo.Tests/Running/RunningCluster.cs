using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A cluster of processes on a database of its own. What it is asked by is a gateway on all silos.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly List<IAsyncDisposable> _all = [];

    private RunningCluster(string database) => Database = database;

    public string Database { get; }

    public List<RunningSilo> Silos { get; } = [];

    public string AdminKeyFile => Path.Combine(_data.Path, "admin.key");

    public string AdminKey => File.ReadAllText(AdminKeyFile).Trim();

    /// <summary>Starts silos on a new database of a server, and waits until all have joined.</summary>
    public static async Task<RunningCluster> StartAsync(int silos, PostgresServer? server = null)
    {
        var cluster = new RunningCluster((server ?? PostgresServer.Shared).CreateDatabase());
        await RunningSilo.MigrateAsync(cluster.Database);
        // The first one sees to the admin key.
        await cluster.AddAsync("--admin-key-file", cluster.AdminKeyFile);
        await Task.WhenAll(Enumerable.Range(1, silos - 1).Select(_ => cluster.AddAsync()));
        return cluster;
    }

    /// <summary>One more silo; waits until it has joined.</summary>
    public async Task<RunningSilo> AddAsync(params string[] more)
    {
        var silo = RunningSilo.Start(Database, more);
        lock (_all)
        {
            _all.Add(silo);
            Silos.Add(silo);
        }
        await silo.JoinedAsync();
        return silo;
    }

    /// <summary>A gateway on all silos.</summary>
    public Task<RunningGateway> GatewayAsync(params string[] more) => GatewayAsync(Silos, more);

    /// <summary>A gateway on some of the silos.</summary>
    public async Task<RunningGateway> GatewayAsync(IEnumerable<RunningSilo> silos, params string[] more)
    {
        var gateway = await RunningGateway.StartAsync(silos, AdminKey, more);
        _all.Add(gateway);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_all))
        {
            await one.DisposeAsync();
        }
        _data.Dispose();
    }
}
