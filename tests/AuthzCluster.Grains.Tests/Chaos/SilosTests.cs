using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;
using Xunit.Abstractions;

namespace AuthzCluster.Grains.Tests.Chaos;

/// <summary>Silos that are killed, stopped and added under load: nothing acknowledged is lost, and nothing is done twice.</summary>
public sealed class SilosTests(ITestOutputHelper output)
{
    private const int Rounds = 4, Writers = 8, Between = 100;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Writes_SilosKilledStoppedAndAdded_AllAcknowledgedAreThereOnce()
    {
        await using var cluster = await AuthzTestCluster.StartAsync(silos: 3);
        await cluster.Seed.Role(GrantWriter.Role, "docs:read");
        var (ledger, random, budget) = (new GrantLedger(), new Random(SoakBudget.FirstSeed), new SoakBudget(Rounds));
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => new GrantWriter(i, cluster, ledger).RunAsync(stop.Token))));
        for (var round = 0; budget.Allows(round); round++)
        {
            await AfterAsync();
            await (round % 2 == 0 ? cluster.KillSiloAsync(random.Next(cluster.SiloCount)) : cluster.StopSiloAsync(random.Next(cluster.SiloCount)));
            await AfterAsync();
            await cluster.AddSiloAsync();
        }
        await AfterAsync();
        await stop.CancelAsync();
        await writing;

        output.WriteLine($"{ledger.Acknowledged} writes acknowledged, {ledger.Open} lost");
        foreach (var (user, holds) in ledger.Holds)
        {
            Assert.True(holds is not { } known || known == await cluster.MayAsync(user, "docs:read"), user);
        }
        var records = (await AuditAsync(cluster)).CountBy(record => record.RequestId ?? "").ToDictionary();
        foreach (var (request, changed) in ledger.Changes)
        {
            var told = records.GetValueOrDefault(request);
            Assert.True(changed is { } known ? told == (known ? 1 : 0) : told <= 1, $"{request} is told {told} times");
        }

        Task AfterAsync() => Task.WhenAny(writing, ledger.AfterAsync(Between)).Unwrap();
    }

    private static async Task<IReadOnlyList<AuditRecord>> AuditAsync(AuthzTestCluster cluster)
    {
        var records = new List<AuditRecord>();
        for (long? before = null; ;)
        {
            var page = (await cluster.Ports.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(before, 1000))).Value!;
            records.AddRange(page.Items);
            if (page.Next is not { } next)
            {
                return records;
            }
            before = long.Parse(next, System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
