using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing;
using Xunit.Abstractions;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>kill -9 under load, again and again on the same data: what was acknowledged is there, and nothing is half done.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 5, SubjectWriters = 4, RoleWriters = 2, MostWrites = 400;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Kill_AtAnyMomentUnderLoad_LosesNothingAcknowledgedAndLeavesNothingHalfDone()
    {
        using var data = new TemporaryDirectory();
        var budget = new SoakBudget(Rounds);
        var (ledger, random) = (new Ledger(), new Random(SoakBudget.FirstSeed));
        await using (var first = await ServerUnderTest.StartAsync(data.Path))
        {
            await PrepareAsync(new ApiClient(first.Http, ""), ledger);
        }
        var (unanswered, audit) = (0, new AuditTail());
        for (var round = 0; budget.Allows(round); round++)
        {
            // Sometimes it is killed while it takes up what the last one left.
            for (var early = random.Next(3); early > 1; early--)
            {
                await using var dying = await ServerUnderTest.StartAsync(data.Path);
                await dying.KillAsync();
            }
            await using var server = await ServerUnderTest.StartAsync(data.Path);
            var api = new ApiClient(server.Http, "");
            await CheckAsync(api, ledger, audit);
            var enough = ledger.AfterAsync(random.Next(1, MostWrites));
            var writers = Task.WhenAll(Writers(api, ledger, random).Select(writer => writer.RunAsync()));
            await Task.WhenAny(enough, writers);
            await server.KillAsync();
            await writers;
            unanswered += ledger.Open.Count;
        }
        await using (var last = await ServerUnderTest.StartAsync(data.Path))
        {
            await CheckAsync(new ApiClient(last.Http, ""), ledger, audit);
            Assert.Equal(0, await last.StopAsync());
        }
        await audit.VerifyAsync(data.Path);
        output.WriteLine($"{ledger.Acknowledged} acknowledged, {unanswered} cut off");
    }

    private static async Task PrepareAsync(ApiClient api, Ledger ledger)
    {
        foreach (var role in SubjectWriter.Roles.Concat(SubjectWriter.Teams))
        {
            var write = new ChaosWrite($"prepare-{role}", new Dictionary<string, string> { [Facts.Role(role)] = $"{role}:use" });
            ledger.Begin(write);
            (await api.PostAsync("/api/v1/roles", new { id = role, name = role, permissions = new[] { $"{role}:use" } }, ("X-Request-Id", write.RequestId))).Is(201);
            ledger.Acknowledge(write);
        }
        foreach (var team in SubjectWriter.Teams)
        {
            (await api.PostAsync($"/api/v1/roles/{team}/assign", new { principal = new { type = "team", id = team } })).Is(200);
        }
    }

    private static async Task CheckAsync(ApiClient api, Ledger ledger, AuditTail audit)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var users = Enumerable.Range(0, SubjectWriters).SelectMany(SubjectWriter.UsersOf)
            .Concat(Enumerable.Range(0, RoleWriters).SelectMany(RoleWriter.UsersOf)).Concat(Intruder.Users);
        var observer = new Observer(api, [.. users]);
        foreach (var deletion in ledger.Open.Where(write => write.Deletes is not null))
        {
            await observer.SettledAsync(deletion, limit.Token);
        }
        ledger.Settle(await observer.ReadAsync());
        await audit.ReadAsync(api);
        ledger.CheckAudit(audit.Records);
    }

    private static IEnumerable<Writer> Writers(ApiClient api, Ledger ledger, Random random)
    {
        Random Next() => new(random.Next());
        return Enumerable.Range(0, SubjectWriters).Select(Writer (number) => new SubjectWriter(number, api, ledger, Next()))
            .Concat(Enumerable.Range(0, RoleWriters).Select(number => new RoleWriter(number, api, ledger, Next())))
            .Append(new ModelWriter(api, ledger, Next()))
            .Append(new Intruder(RoleWriters, api, ledger, Next()));
    }
}
