using System.Collections.Concurrent;
using AuthzCluster.Server.Tests.Chaos;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>A cluster under load, whoever writes to it and asks it, and what goes wrong with it meanwhile.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const int Writers = 16, QuietWrites = 150, QuietChecks = 600;

    private static readonly TimeSpan LongestBetween = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromMinutes(5);

    private readonly RunningCluster _cluster;
    private readonly Ways _ways;
    private readonly Random _random;
    private readonly ConcurrentQueue<Fact> _changed = new();
    private readonly CancellationTokenSource _over = new();
    private readonly AuditTail _audit = new(record => Fact.NameIn(record.GetRawText()));
    private readonly List<Task> _running = [];
    private IReadOnlyList<Fact> _facts = [];
    private IReadOnlyDictionary<string, int> _records = new Dictionary<string, int>();

    private FaultRig(RunningCluster cluster, Random random) => (_cluster, _ways, _random) = (cluster, new Ways(cluster), random);

    public Figures Figures { get; } = new();

    /// <summary>Prepares the facts, and begins to write and to ask.</summary>
    public static async Task<FaultRig> StartAsync(RunningCluster cluster, Random random)
    {
        var rig = new FaultRig(cluster, random);
        var http = cluster.Gateways[0].Http;
        rig._facts = await FactSet.PrepareAsync(http);
        await rig._audit.ReadAsync(FactSet.ApiOf(http));
        rig._records = new Dictionary<string, int>(rig._audit.Records);
        rig.Begin();
        return rig;
    }

    /// <summary>A time without a fault.</summary>
    public async Task RestAsync()
    {
        Figures.Turn(Figures.Quiet);
        await RunsAsync(Figures.AfterAsync(QuietWrites, QuietChecks));
    }

    /// <summary>Some faults, the next struck while the one before is under way, perhaps; until all are over.</summary>
    public async Task SufferAsync(params IReadOnlyList<IClusterFault> faults)
    {
        Figures.Turn(string.Join(" + ", faults.Select(fault => fault.Name).Order(StringComparer.Ordinal)));
        foreach (var fault in faults)
        {
            await RunsAsync(fault.StrikeAsync());
            if (fault != faults[^1])
            {
                await RunsAsync(Task.Delay(LongestBetween * _random.NextDouble()));
            }
        }
        await RunsAsync(Task.WhenAll(faults.Select(fault => fault.HealAsync())));
        // What it has led to is its own.
        await RunsAsync(Figures.AfterAsync(QuietWrites, QuietChecks));
    }

    /// <summary>Stops the load; holds each fact to be what was acknowledged last, and each acknowledged write to be one audit record.</summary>
    public async Task EndAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        var api = FactSet.ApiOf((await _cluster.GatewayAsync()).Http);
        foreach (var fact in _facts)
        {
            if (await fact.ReadAsync(api) is var isSo && isSo != fact.History.Latest)
            {
                Figures.Tell($"{fact.Kind} {fact.Name} is {(isSo ? "on" : "off")}, and was acknowledged otherwise\n  its writes: {string.Join("\n              ", fact.History.Tell())}");
            }
        }
        await _audit.ReadAsync(api);
        foreach (var fact in _facts)
        {
            var records = _audit.Records.GetValueOrDefault(fact.Name) - _records.GetValueOrDefault(fact.Name);
            if (records != fact.History.Acknowledged)
            {
                Figures.Tell($"{fact.Kind} {fact.Name}: {fact.History.Acknowledged} writes acknowledged, {records} audit records of them");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        await _ways.DisposeAsync();
        _over.Dispose();
    }

    private void Begin()
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            var number = writer;
            var own = _facts.Where((_, index) => index % Writers == number).ToList();
            _running.Add(new FactWriter(own, _ways, Figures, _changed, new Random(_random.Next())).RunAsync(_over.Token));
        }
        _running.Add(new FactChecker(_facts, _ways, Figures, _changed, new Random(_random.Next())).RunAsync(_over.Token));
    }

    // Whoever of the load fails ends it.
    private async Task RunsAsync(Task until) => await await Task.WhenAny([until, .. _running]).WaitAsync(Patience);
}
