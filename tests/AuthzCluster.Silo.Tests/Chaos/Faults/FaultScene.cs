using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using Npgsql;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>What faults are done to: a cluster, those that are not over yet, and how many silos and gateways it is to have.</summary>
internal sealed class FaultScene(RunningCluster cluster, Random random)
{
    // Orleans' number of a silo that is declared dead, and of one that has joined.
    private const int Dead = 6, Active = 3;

    // So many are everywhere.
    private const int Subjects = 30;

    private const int MostStarts = 3;

    private readonly int _silos = cluster.Silos.Count, _gateways = cluster.Gateways.Count;
    private readonly List<Task> _underWay = [];
    private readonly SemaphoreSlim _restoring = new(1);

    public RunningCluster Cluster => cluster;

    public Random Random => random;

    /// <summary>One more fault goes on.</summary>
    public void Add(Task fault)
    {
        lock (_underWay)
        {
            _underWay.Add(fault);
        }
    }

    /// <summary>One more silo. Where another fault ends it before it has joined, the next is started in its place, as an orchestrator does.</summary>
    public async Task<RunningSilo> AddAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await cluster.AddAsync();
            }
            catch (InvalidOperationException) when (attempt < MostStarts)
            {
                cluster.Drop();
            }
        }
    }

    /// <summary>Waits until all faults are over, and sees to it that all is as before.</summary>
    public async Task RestoreAsync()
    {
        await _restoring.WaitAsync();
        try
        {
            await OverAsync();
            await Wait.UntilAsync("the cluster is whole again", IsWholeAsync);
        }
        finally
        {
            _restoring.Release();
        }
    }

    private async Task OverAsync()
    {
        while (true)
        {
            List<Task> underWay;
            lock (_underWay)
            {
                underWay = [.. _underWay];
                _underWay.Clear();
            }
            if (underWay.Count == 0)
            {
                return;
            }
            await Task.WhenAll(underWay);
        }
    }

    // One that woke up dead is still to end; another comes in its place then.
    private async Task<bool> IsWholeAsync()
    {
        cluster.Drop();
        while (cluster.Silos.Count < _silos)
        {
            await AddAsync();
        }
        while (cluster.Gateways.Count < _gateways)
        {
            await cluster.GatewayAsync();
        }
        return (await MembersAsync()).SetEquals(cluster.Silos.Select(silo => (silo.Place.Host, silo.Place.SiloPort, Active)))
            && (await Task.WhenAll(cluster.Silos.Select(silo => silo.HealthAsync("ready")))).All(health => health?.Status == 200)
            && (await Task.WhenAll(cluster.Gateways.SelectMany(gateway => Enumerable.Range(0, Subjects).Select(i =>
                gateway.Api.PostAsync("/api/v1/authorization/evaluate", new { user = $"whole-{i}", permission = "a:b" }))))).All(reply => reply.Status == 200);
    }

    private async Task<HashSet<(string Host, int Port, int Status)>> MembersAsync()
    {
        await using var database = new NpgsqlConnection(cluster.Database + ";Pooling=false");
        await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT address, port, status FROM authz.membership WHERE status <> $1", database) { Parameters = { new() { Value = Dead } } };
        await using var rows = await command.ExecuteReaderAsync();
        var members = new HashSet<(string, int, int)>();
        while (await rows.ReadAsync())
        {
            members.Add((rows.GetString(0), rows.GetInt32(1), rows.GetInt32(2)));
        }
        return members;
    }
}
