using System.Net.Http.Headers;
using AuthzCluster.Server.Tests.Chaos;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>Who keeps a cluster's workflows busy (imports, roles removed from their holders), and the ledger of what was acknowledged.</summary>
internal sealed class ClusterLoad : IDisposable
{
    private const int SubjectWriters = 4, RoleWriters = 1, Writers = SubjectWriters + RoleWriters + 1;

    private readonly RunningCluster _cluster;
    private readonly PersistentHandler _handler;
    private readonly HttpClient _http;
    private readonly Random _random;
    private readonly AuditTail _audit = new();
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
    public string Summary => $"{Ledger.Acknowledged} writes of workflows acknowledged, {_handler.Repeats} of their requests sent again";

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

    /// <summary>Lets everybody finish, and holds what is there to be what was acknowledged: states, audit records, each once, and decisions.</summary>
    public async Task EndAsync()
    {
        _handler.End();
        await Task.WhenAll(_running);
        await CheckAsync();
    }

    public void Dispose() => _http.Dispose();

    private async Task CheckAsync()
    {
        var gateway = await _cluster.GatewayAsync();
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
        _running.AddRange(writers.Select(writer => writer.RunAsync()));
    }
}
