using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A cluster of processes on a database of its own. It has places for more silos than run: gateways look at all of them.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private const int MorePlaces = 2;

    private readonly TemporaryDirectory _data = new();
    private readonly List<IAsyncDisposable> _all = [];
    private readonly List<SiloPlace> _places;
    private volatile IReadOnlyList<RunningSilo> _silos = [];
    private volatile IReadOnlyList<RunningGateway> _gateways = [];

    private RunningCluster(string database, IEnumerable<SiloPlace> places) => (Database, _places) = (database, [.. places]);

    public string Database { get; }

    /// <summary>The PostgreSQL server that this cluster has for itself; null: others use it too.</summary>
    public PostgresServer? Server { get; private init; }

    /// <summary>The network that this cluster has for itself; null: all is on loopback.</summary>
    public ClusterNetwork? Network { get; private init; }

    /// <summary>What each gateway of it is told.</summary>
    public IReadOnlyList<string> GatewayOptions { get; set; } = [];

    /// <summary>Those that run, the eldest first; and, until <see cref="Drop"/>, those that have ended.</summary>
    public IReadOnlyList<RunningSilo> Silos => _silos;

    /// <summary>Those that run, the eldest first; and, until <see cref="Drop"/>, those that have ended.</summary>
    public IReadOnlyList<RunningGateway> Gateways => _gateways;

    public IReadOnlyList<Uri> GatewayUrls => [.. _gateways.Select(gateway => gateway.Url)];

    public string AdminKey => File.ReadAllText(AdminKeyFile).Trim();

    private string MuteFile => Path.Combine(_data.Path, "mute");

    private string AdminKeyFile => Path.Combine(_data.Path, "admin.key");

    /// <summary>Starts silos on a new database of a server, and waits until all have joined.</summary>
    public static Task<RunningCluster> StartAsync(int silos, PostgresServer? server = null, params string[] more) => StartAsync(
        new RunningCluster((server ?? PostgresServer.Shared).CreateDatabase(), Enumerable.Range(0, silos + MorePlaces).Select(_ => SiloPlace.New())), silos, more);

    /// <summary>The same with a PostgreSQL server of its own, which may be stopped, with a network of its own if this machine can have one, and of silos that can be told to come to harm.</summary>
    public static Task<RunningCluster> StartOnItsOwnAsync(int silos)
    {
        var network = ClusterNetwork.Missing is null ? new ClusterNetwork(silos + MorePlaces) : null;
        var server = new PostgresServer(network?.Database);
        var places = network?.Places ?? Enumerable.Range(0, silos + MorePlaces).Select(_ => SiloPlace.New());
        return StartAsync(new RunningCluster(server.CreateDatabase(), places) { Server = server, Network = network }, silos);
    }

    /// <summary>One more silo, in a place where none runs; waits until it has joined.</summary>
    public async Task<RunningSilo> AddAsync(params string[] more)
    {
        RunningSilo silo;
        lock (_all)
        {
            var place = _places.First(place => _silos.All(silo => silo.Place != place || silo.Process.HasExited));
            silo = Server is null ? RunningSilo.Start(place, Database, more) : RunningSilo.StartFaultHost(place, Database, MuteFile, more);
            _all.Add(silo);
            _silos = [.. _silos, silo];
        }
        await silo.JoinedAsync();
        return silo;
    }

    /// <summary>A gateway on all places.</summary>
    public async Task<RunningGateway> GatewayAsync(params string[] more)
    {
        var gateway = await RunningGateway.StartAsync(_places, AdminKey, [.. GatewayOptions, .. more]);
        lock (_all)
        {
            _all.Add(gateway);
            _gateways = [.. _gateways, gateway];
        }
        return gateway;
    }

    /// <summary>From here on the silos of a cluster on its own tell each other nothing of what is committed, so that answers from before are given.</summary>
    public void Mute() => File.WriteAllText(MuteFile, "");

    /// <summary>Forgets those that have ended.</summary>
    public void Drop()
    {
        lock (_all)
        {
            _silos = [.. _silos.Where(silo => !silo.Process.HasExited)];
            _gateways = [.. _gateways.Where(gateway => !gateway.Process.HasExited)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_all))
        {
            await one.DisposeAsync();
        }
        Server?.Dispose();
        Network?.Dispose();
        _data.Dispose();
    }

    private static async Task<RunningCluster> StartAsync(RunningCluster cluster, int silos, params string[] more)
    {
        await RunningSilo.MigrateAsync(cluster.Database);
        // The first one sees to the admin key.
        await cluster.AddAsync(["--admin-key-file", cluster.AdminKeyFile, .. more]);
        await Task.WhenAll(Enumerable.Range(1, silos - 1).Select(_ => cluster.AddAsync(more)));
        return cluster;
    }
}
