using System.Net.Http.Headers;
using AuthzCluster.Server.Tests.Chaos;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>Who writes to a cluster and asks it meanwhile, and the ledger of what was acknowledged.</summary>
internal sealed class ClusterLoad : IDisposable
{
    private const int SubjectWriters = 4, RoleWriters = 1, Writers = SubjectWriters + RoleWriters + 1, Askers = 3;

    private readonly RunningCluster _cluster;
    private readonly PersistentHandler _handler;
    private readonly HttpClient _http;
    private readonly Random _random;
    private readonly AuditTail _audit = new();
    private readonly List<Asker> _askers = [];
    private readonly List<Task> _running = [];

    private ClusterLoad(RunningCluster cluster, Random random)
    {
        (_cluster, _random) = (cluster, random);
        _handler = new PersistentHandler(() => _cluster.GatewayUrls);
        _http = new HttpClient(_handler) { BaseAddress = new Uri("http://cluster.test"), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminKey);
    }

    public Ledger Ledger { get; } = new();

    /// <summary>What happened, in one line.</summary>
    public string Summary
    {
        get
        {
            var counts = _askers.Select(asker => asker.Counts).ToList();
            return $"{Ledger.Acknowledged} writes acknowledged, {_handler.Repeats} requests sent again; {counts.Sum(count => count.Answered)} questions answered, "
                + $"{counts.Sum(count => count.Refused)} refused for the moment, {counts.Sum(count => count.Unreached)} without a gateway";
        }
    }

    private static IReadOnlyList<string> Users => [
        .. Enumerable.Range(0, SubjectWriters).SelectMany(SubjectWriter.UsersOf), .. Enumerable.Range(0, RoleWriters).SelectMany(RoleWriter.UsersOf), .. Intruder.Users];

    /// <summary>Prepares what stays, and begins.</summary>
    public static async Task<ClusterLoad> StartAsync(RunningCluster cluster, int seed)
    {
        var load = new ClusterLoad(cluster, new Random(seed));
        await load.PrepareAsync();
        load.Begin();
        return load;
    }

    /// <summary>Waits until so many more writes were acknowledged, or somebody found something wrong.</summary>
    public async Task AfterAsync(int acknowledgements)
    {
        var enough = Ledger.AfterAsync(acknowledgements);
        if (await Task.WhenAny([enough, .. _running]) is { IsFaulted: true } wrong)
        {
            await wrong;
        }
    }

    /// <summary>
    /// Lets everybody finish, and holds what is there to be what was acknowledged: states, audit records, each once, and decisions. That a
    /// revocation counts from its acknowledgement on is not held while silos come and go: until activations are fenced, two of a subject may
    /// live for a moment.
    /// </summary>
    public async Task EndAsync()
    {
        _handler.End();
        _askers.ForEach(asker => asker.End());
        await Task.WhenAll(_running);
        _running.Clear();
        await CheckAsync();
    }

    public void Dispose() => _http.Dispose();

    private async Task CheckAsync()
    {
        await using var gateway = await RunningGateway.StartAsync(_cluster.Silos.Where(silo => !silo.Process.HasExited).Select(silo => silo.Place), _cluster.AdminKey);
        // What each writer was about to send when it ended, and did not.
        Assert.InRange(Ledger.Open.Count, 0, Writers);
        Ledger.Settle(await new Observer(gateway.Api, Users).ReadAsync());
        await _audit.ReadAsync(gateway.Api);
        Ledger.CheckAudit(_audit.Records);
    }

    private async Task PrepareAsync()
    {
        var api = new ApiClient(_http, "");
        foreach (var role in SubjectWriter.Roles.Concat(SubjectWriter.Teams))
        {
            var write = new ChaosWrite($"prepare-{role}", new Dictionary<string, string> { [Facts.Role(role)] = $"{role}:use" });
            Ledger.Begin(write);
            (await api.PostAsync("/api/v1/roles", new { id = role, name = role, permissions = new[] { $"{role}:use" } }, ("X-Request-Id", write.RequestId))).Is(201);
            Ledger.Acknowledge(write);
        }
        foreach (var team in SubjectWriter.Teams)
        {
            (await api.PostAsync($"/api/v1/roles/{team}/assign", new { principal = new { type = "team", id = team } })).Is(200);
        }
    }

    private void Begin()
    {
        var api = new ApiClient(_http, "");
        Random Next() => new(_random.Next());
        IEnumerable<Writer> writers = [
            .. Enumerable.Range(0, SubjectWriters).Select(number => new SubjectWriter(number, api, Ledger, Next())),
            .. Enumerable.Range(0, RoleWriters).Select(number => new RoleWriter(number, api, Ledger, Next())),
            new ModelWriter(api, Ledger, Next()),
            new Intruder(RoleWriters, api, Ledger, Next())];
        _askers.AddRange(Enumerable.Range(0, Askers).Select(_ => new Asker(() => _cluster.GatewayUrls, _cluster.AdminKey, Users, Next())));
        _running.AddRange(writers.Select(writer => writer.RunAsync()));
        _running.AddRange(_askers.Select(asker => asker.RunAsync()));
    }
}
