using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Grains.Node;
using AuthzCluster.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Which silos look for due work, and by how much it must be overdue.</summary>
public sealed class DueWorkTests : IAsyncLifetime
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), Lag = TimeSpan.FromMilliseconds(400), Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<int, DueLooks> _stores = [];
    private BareCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await BareCluster.StartAsync(3, (store, silo) => DueLooks.Around(store, silo, _time, _stores), (built, _) => built.Services.AddSingleton(new SiloClock(_time)));
        await _cluster.RoleAsync("reader", "invoices:read");
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Looks_OfThreeSilos_AreOneForWhatIsDueAndOneForWhatIsOverdue()
    {
        var (first, second) = await FindAsync();
        var since = _time.GetUtcNow();
        for (var round = 0; round < 3; round++)
        {
            _time.Advance(Look);
            Assert.Equal(_time.GetUtcNow(), await LookAsync(first));
            Assert.Equal(_time.GetUtcNow() - Lag, await LookAsync(second));
        }
        Assert.All(_stores.Values.Except([first, second]), third => Assert.DoesNotContain(third.Looks, look => look.At > since));
    }

    [Fact]
    public async Task Expiry_WhereTheFirstSiloHasNoStore_IsToldByTheSecondWhenItIsOverdueAndInTime()
    {
        var (first, second) = await FindAsync();
        var end = _time.GetUtcNow() + (Look * 20);
        BareCluster.Ok(await _cluster.Inside.Assignments.AssignAsync(
            BareCluster.Tenant, "reader", new AssignmentDraft(SubjectId.User("alice")) { ExpiresAt = end }, BareCluster.Admin));
        first.IsAway = true;

        _time.Advance(Look * 20);
        await LookAsync(second);
        _time.Advance(Look);
        await LookAsync(second);
        DateTimeOffset? told;
        while ((told = await ToldAsync()) is null)
        {
            // What was committed is gathered for a moment, by this clock, before it is written to the log.
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.True(_time.GetUtcNow() - end <= Promised);
        }
        Assert.InRange(told.Value - end, Lag, Promised);
    }

    // Once each silo knows all three.
    private async Task<(DueLooks First, DueLooks Second)> FindAsync()
    {
        for (var deadline = TimeProvider.System.GetUtcNow() + Patience; ;)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "the looks are not those of one cluster");
            _time.Advance(Look);
            await Task.Delay(Pause);
            var now = _time.GetUtcNow();
            var looks = _stores.Values.SelectMany(store => store.Looks.Where(look => look.At == now), (store, look) => (Store: store, Lag: now - look.Until)).ToList();
            if (looks.Count == 2 && looks.Find(look => look.Lag == TimeSpan.Zero).Store is { } first && looks.Find(look => look.Lag == Lag).Store is { } second)
            {
                return (first, second);
            }
        }
    }

    // For what was due by when it looked now.
    private async Task<DateTimeOffset> LookAsync(DueLooks store)
    {
        for (var deadline = TimeProvider.System.GetUtcNow() + Patience; ;)
        {
            foreach (var (at, until) in store.Looks)
            {
                if (at == _time.GetUtcNow())
                {
                    return until;
                }
            }
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "it does not look");
            await Task.Delay(10);
        }
    }

    // When it was ended, where that is told soon.
    private async Task<DateTimeOffset?> ToldAsync()
    {
        for (var deadline = TimeProvider.System.GetUtcNow() + Pause; TimeProvider.System.GetUtcNow() < deadline; await Task.Delay(10))
        {
            var expired = await _cluster.Silo.Ports.Audit.ListAsync(BareCluster.Tenant, new AuditQuery(null, 100) { Action = "role.expired" });
            if (expired.Count > 0)
            {
                return Assert.Single(expired).Time;
            }
        }
        return null;
    }
}
