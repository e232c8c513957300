using System.Diagnostics;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Luck;

/// <summary>
/// PostgreSQL goes away under a running cluster and comes back. What is in memory is answered from there while the silos hold their leases (longer
/// ones here, so that the machine need not be quick), then refused; who asks has a token that is good by itself, since of an API key the door
/// looks at storage too, and relies on what it found there for 5 seconds.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class OutageTests : IDisposable
{
    private const int Silos = 2, Users = 20, Keys = 20;

    private readonly PostgresServer _server = new();
    private readonly TemporaryDirectory _data = new();
    private readonly TestIssuer _issuer = new();

    public void Dispose()
    {
        _server.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DatabaseDown_QuestionsGoOnWritesAreRefusedAndAllComesBackByItself(bool isPaused)
    {
        await using var cluster = await RunningCluster.StartAsync(Silos, _server, "--lease-duration", "00:00:20");
        var gateway = await cluster.GatewayAsync(JwtOptions());
        var api = gateway.Api.As(_issuer.TokenOf("boss", "default"));
        await gateway.Api.AssignAsync("super_admin", "boss");
        await gateway.Api.RoleAsync("clerk", "a:b");
        for (var i = 0; i < Users; i++)
        {
            await gateway.Api.AssignAsync("clerk", $"u{i}");
            Assert.Equal("granted", await api.ReasonAsync($"u{i}", "a:b"));
        }

        if (isPaused)
        {
            _server.Pause();
        }
        else
        {
            _server.StopAtOnce();
        }

        await QuestionsAsync(api);
        await RefusedAsync(api, "before");
        // Whoever is not in memory is refused, and not denied.
        (await api.PostAsync("/api/v1/authorization/evaluate", new { user = "cold", permission = "a:b" })).Refused(503, "unavailable");
        // The gateway looks once a second.
        await Wait.UntilAsync("health tells of it", async () => !(await api.GetAsync("/health/ready")).Is(200)["writes"].GetBoolean());
        // Down for so long that the silos have missed the table of members in vain.
        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.ErrorAsync("Failed to refresh membership table")));
        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.ErrorAsync("Failed to update table entry for this silo")));
        // And for longer than the leases: what is in memory may be behind by now, for all that they know.
        await Wait.UntilAsync("the leases have lapsed", async () => (await Task.WhenAll(cluster.Silos.Select(silo => silo.HealthAsync("ready")))).All(health => health is { Status: 503, Text: var why } && why.Contains("lease", StringComparison.Ordinal)));
        (await api.PostAsync("/api/v1/authorization/evaluate", new { user = "u0", permission = "a:b" })).Refused(503, "unavailable");
        await RefusedAsync(api, "after");
        Assert.All(await Task.WhenAll(cluster.Silos.Select(silo => silo.HealthAsync("live"))), live => Assert.Equal(200, live?.Status));

        if (isPaused)
        {
            _server.Resume();
        }
        else
        {
            _server.Start();
        }

        await Wait.UntilAsync("writes are taken", async () => (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "late" })).Status == 200);
        await Wait.UntilAsync("it says so", async () => (await api.GetAsync("/health/ready"))["writes"].GetBoolean());
        Assert.Equal("granted", await api.ReasonAsync("late", "a:b"));
        await QuestionsAsync(api);
        await CheckAllAsync(gateway.Api);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Process.HasExited));
        // Nobody was taken for dead: a silo that comes now finds them all, and they find it.
        var third = await cluster.AddAsync();
        await Task.WhenAll(cluster.Silos.Select(async silo =>
        {
            await using var one = await RunningGateway.StartAsync([silo.Place], cluster.AdminKey);
            Assert.Equal("granted", await one.Api.ReasonAsync("late", "a:b"));
        }));
        Assert.Equal(0, await third.Process.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DatabaseAwayForTwoSeconds_NobodyWithAnApiKeyNotices(bool isPaused)
    {
        await using var cluster = await RunningCluster.StartAsync(Silos, _server, "--lease-duration", "00:00:20");
        var gateway = await cluster.GatewayAsync();
        await gateway.Api.RoleAsync("clerk", "a:b");
        await gateway.Api.AssignAsync("clerk", "u0");
        var keys = new List<ApiClient>();
        for (var i = 0; i < Keys; i++)
        {
            var key = (await gateway.Api.PostAsync("/api/v1/api-keys", new { name = $"k{i}", roles = new[] { "viewer" }, tenants = new[] { "default" } })).Is(201)["key"].GetString()!;
            keys.Add(gateway.Api.As(key));
        }

        // Where the machine stands still, more than the two seconds go by for a key: then once more. At the door that asks only when it has forgotten, hardly ever do all
        // of the keys get through.
        await Wait.UntilAsync("an outage that none of the keys noticed", async () =>
        {
            using var stop = new CancellationTokenSource();
            var asking = keys.Select((key, i) => AskAllTheTimeAsync(key, TimeSpan.FromMilliseconds(137 * i), stop.Token)).ToList();
            await Task.Delay(TimeSpan.FromSeconds(6));
            var begin = Stopwatch.GetTimestamp();
            (isPaused ? (Action)_server.Pause : _server.StopAtOnce)();
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            var late = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            var end = Stopwatch.GetTimestamp();
            (isPaused ? (Action)_server.Resume : _server.Start)();
            await Task.Delay(TimeSpan.FromSeconds(1));
            await stop.CancelAsync();
            var asked = await Task.WhenAll(asking);
            await Wait.UntilAsync("writes are taken again", async () => (await gateway.Api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "late" })).Status == 200);
            return asked.All(answers => answers.Exists(one => one.Asked > begin && one.At < late)
                && answers.Where(one => one.Asked < late).All(one => one.Status == 200 && one.At < end));
        });
    }

    private static async Task<List<(long Asked, long At, int Status)>> AskAllTheTimeAsync(ApiClient key, TimeSpan after, CancellationToken stop)
    {
        var answers = new List<(long, long, int)>();
        await Task.Delay(after, CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            var reply = await key.PostAsync("/api/v1/authorization/evaluate", new { user = "u0", permission = "a:b" });
            answers.Add((asked, Stopwatch.GetTimestamp(), reply.Status));
            await Task.Delay(100, CancellationToken.None);
        }
        return answers;
    }

    private static async Task QuestionsAsync(ApiClient api)
    {
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < Users; i++)
            {
                Assert.Equal("granted", await api.ReasonAsync($"u{i}", "a:b"));
            }
        }
    }

    private static async Task RefusedAsync(ApiClient api, string user)
    {
        for (var i = 0; i < 5; i++)
        {
            (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = $"{user}-{i}" })).Refused(503, "unavailable");
        }
    }

    // What was acknowledged is there. What was refused while the connections broke may have been done.
    private static async Task CheckAllAsync(ApiClient api)
    {
        var held = (await api.GetAsync("/api/v1/roles/clerk/assignments?limit=1000")).Is(200).Items.Select(item => item.GetProperty("principal").GetProperty("id").GetString()).ToHashSet();
        Assert.All(Enumerable.Range(0, Users).Select(i => $"u{i}").Append("late"), user => Assert.Contains(user, held));
    }

    private string[] JwtOptions()
    {
        var keys = Path.Combine(_data.Path, "keys.json");
        File.WriteAllText(keys, TestKey.Set(_issuer.Key));
        return ["--jwt-issuer", TestIssuer.Name, "--jwt-audience", TestIssuer.Audience, "--jwt-keys", keys, "--jwt-tenant-claim", TestIssuer.TenantClaim];
    }
}
