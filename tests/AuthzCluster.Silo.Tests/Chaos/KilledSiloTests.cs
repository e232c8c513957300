using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using Npgsql;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>What a silo that was killed leaves to the others.</summary>
[Collection(ProcessCollection.Name)]
public sealed class KilledSiloTests(ITestOutputHelper output)
{
    private const int Tenants = 12, Users = 60;
    private const string Dead = "membership WHERE status = 6";

    [Fact]
    public async Task KilledSilo_ItsOutboxAndItsDueWork_AreDoneByTheOthersUnasked()
    {
        await using var cluster = await RunningCluster.StartAsync(2);
        var gateway = await cluster.GatewayAsync();
        await using var database = new NpgsqlConnection(cluster.Database);
        await database.OpenAsync();
        for (var i = 0; i < Tenants; i++)
        {
            (await gateway.Api.PostAsync("/api/v1/tenants", new { id = $"t{i}" })).Is(201);
        }
        await gateway.Api.RoleAsync("clerk", "a:b");
        await AssignBrieflyAsync(gateway.Api, "before");
        await Wait.UntilAsync("due work is done", async () => await CountAsync(database, "audit WHERE action = 'role.expired'") == 1);
        await Wait.UntilAsync("the outbox is empty", async () => await CountAsync(database, "outbox") == 0);

        // Commits go on, but nothing gets to the audit logs, so that each silo has something to leave behind.
        await using var blocker = new NpgsqlConnection(cluster.Database);
        await blocker.OpenAsync();
        await using (var block = await blocker.BeginTransactionAsync())
        {
            await ExecuteAsync(blocker, "LOCK TABLE authz.audit IN EXCLUSIVE MODE");
            await Task.WhenAll(Enumerable.Range(0, Tenants).Select(async i =>
                (await gateway.Api.PostAsync($"/tenants/t{i}/api/v1/roles", new { name = "clerk", permissions = new[] { "a:b" } })).Is(201)));
            await AssignBrieflyAsync(gateway.Api, "after");
            // The eldest silo is the one that looks for due work.
            await cluster.Silos[0].Process.KillAsync();
            Assert.True(await CountAsync(database, "outbox") >= Tenants);
        }

        await Wait.UntilAsync("due work is done by another", async () => await CountAsync(database, "audit WHERE action = 'role.expired'") == 2);
        await Wait.UntilAsync("every record is in its log", async () => await CountAsync(database, "audit WHERE action = 'role.created' AND tenant <> 'default'") == Tenants);
        Assert.Equal(1, await CountAsync(database, "reminder"));
    }

    [Fact]
    public async Task KilledSilo_ItsSubjects_AreAnsweredByOthersAndNewOnesGoToWhoJoins()
    {
        await using var cluster = await RunningCluster.StartAsync(3);
        var gateway = await cluster.GatewayAsync();
        await gateway.Api.RoleAsync("clerk", "a:b");
        await Task.WhenAll(Enumerable.Range(0, Users).Select(i => gateway.Api.AssignAsync("clerk", $"u{i}")));

        await using var database = new NpgsqlConnection(cluster.Database);
        await database.OpenAsync();

        await AnsweredAsync("kill -9", gateway.Api, cluster.Silos[1].Process.KillAsync, async () => await CountAsync(database, Dead) == 1);
        // It hangs: its connections stay open, and nobody answers.
        await AnsweredAsync("SIGSTOP", gateway.Api, () => Stop(cluster.Silos[2]), async () => await CountAsync(database, Dead) == 2);
        await gateway.Process.ErrorAsync($"{cluster.Silos[2].Place.Address} does not answer");
        // Awake again, it finds that it was declared dead, and ends.
        cluster.Silos[2].Process.Signal("CONT");
        Assert.NotEqual(0, (await cluster.Silos[2].Process.EndAsync()).Code);

        // A silo that joins gets its share: alone with the eldest, which is then stopped, it has them all.
        await cluster.AddAsync();
        await Task.WhenAll(Enumerable.Range(0, Users).Select(async i => Assert.Equal("no_assignment", await gateway.Api.ReasonAsync($"new{i}", "a:b"))));
        Assert.Equal(0, await cluster.Silos[0].Process.StopAsync());
        await Wait.UntilAsync("all are answered", async () => (await AskAllAsync(gateway.Api)).All(reply => reply.Status == 200));
    }

    [Fact]
    public async Task AllSilosKilled_OthersElsewhere_JoinAndKnowEverything()
    {
        await using var cluster = await RunningCluster.StartAsync(2);
        var gateway = await cluster.GatewayAsync();
        await gateway.Api.RoleAsync("clerk", "a:b");
        await Task.WhenAll(Enumerable.Range(0, Users).Select(i => gateway.Api.AssignAsync("clerk", $"u{i}")));

        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.KillAsync()));
        var since = TimeProvider.System.GetTimestamp();
        await using var one = RunningSilo.Start(cluster.Database);
        await using var other = RunningSilo.Start(cluster.Database);
        await Task.WhenAll(one.JoinedAsync(), other.JoinedAsync());

        output.WriteLine($"others have joined after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:f1} s");
        await using var door = await RunningGateway.StartAsync([one.Place, other.Place], cluster.AdminKey);
        Assert.All(await AskAllAsync(door.Api), reply => Assert.Equal("granted", reply.Is(200)["reason"].GetString()));
    }

    // Who asks is answered all the while. How soon is told, and not held: that is the machine's business.
    private async Task AnsweredAsync(string what, ApiClient api, Func<Task> strike, Func<Task<bool>> isKnown)
    {
        var time = TimeProvider.System;
        using var over = new CancellationTokenSource();
        var asking = Enumerable.Range(0, Users).Select(async i =>
        {
            var (longest, refused, questions, since) = (TimeSpan.Zero, 0, 0, time.GetTimestamp());
            bool isLast, isAnswered;
            do
            {
                isLast = over.IsCancellationRequested;
                var reply = await AskAsync(api, i);
                Assert.True(reply.Status is 200 or 503, reply.Text);
                isAnswered = reply.Status == 200;
                questions++;
                if (isAnswered)
                {
                    Assert.Equal("granted", reply["reason"].GetString());
                    longest = time.GetElapsedTime(since) is var gap && gap > longest ? gap : longest;
                    since = time.GetTimestamp();
                }
                else
                {
                    refused++;
                }
            }
            while (!isLast || !isAnswered);
            return (Longest: longest, Refused: refused, Questions: questions);
        }).ToArray();
        await strike();
        var struck = time.GetTimestamp();
        await Wait.UntilAsync($"it is known after {what}", isKnown);
        var known = time.GetElapsedTime(struck);
        await over.CancelAsync();
        var asked = await Task.WhenAll(asking);
        output.WriteLine($"{what}: known dead after {known.TotalSeconds:f1} s; the longest without an answer about one of {Users} subjects was {asked.Max(one => one.Longest).TotalSeconds:f1} s, {asked.Sum(one => one.Refused)} of {asked.Sum(one => one.Questions)} questions refused");
    }

    private static Task<Reply[]> AskAllAsync(ApiClient api) => Task.WhenAll(Enumerable.Range(0, Users).Select(i => AskAsync(api, i)));

    private static Task<Reply> AskAsync(ApiClient api, int user) => api.PostAsync("/api/v1/authorization/evaluate", new { user = $"u{user}", permission = "a:b" });

    private static Task Stop(RunningSilo silo)
    {
        silo.Process.Signal("STOP");
        return Task.CompletedTask;
    }

    private static async Task AssignBrieflyAsync(ApiClient api, string user) =>
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = user, expires_at = DateTimeOffset.UtcNow.AddSeconds(2) })).Is(200);

    private static async Task<long> CountAsync(NpgsqlConnection database, string what)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM authz.{what}", database);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync();
    }
}
