using System.Collections.Concurrent;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres.Reading;

namespace AuthzCluster.Storage.Tests.Postgres;

/// <summary>Reads that wait together: who goes with whom, what of it they get, and for whom nobody waits.</summary>
public sealed class StateReadsTests
{
    private const int Places = 4;
    private static readonly TenantId Tenant = new("acme");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), LongerThanATripKeepsItsPlace = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentQueue<Trip> _trips = new();
    private readonly StateReads _reads;

    public StateReadsTests() => _reads = new(keys =>
    {
        var trip = new Trip(keys);
        _trips.Enqueue(trip);
        return new(trip.Answer.Task);
    });

    [Fact]
    public async Task Reads_BehindTripsThatAreUnderWay_GoTogetherAndEachGetsItsOwn()
    {
        var first = Enumerable.Range(0, Places).Select(i => _reads.ReadAsync(User($"first-{i}")).AsTask()).ToList();
        Assert.Equal(Places, _trips.Count);
        var behind = Enumerable.Range(0, 100).Select(i => _reads.ReadAsync(User($"u{i % 50}")).AsTask()).ToList();
        Assert.Equal(Places, _trips.Count);

        Answer(_trips.ToArray()[0]);
        var together = await TripAsync(Places);
        Assert.Equal(50, together.Keys.Count);
        Answer(together, except: "u7");

        for (var i = 0; i < behind.Count; i++)
        {
            var state = await behind[i].WaitAsync(Patience);
            Assert.Equal(i % 50 == 7 ? null : User($"u{i % 50}"), state?.Key);
        }
        Assert.NotNull(await first[0].WaitAsync(Patience));
        Assert.All(first[1..], task => Assert.False(task.IsCompleted));
    }

    [Fact]
    public async Task Read_ThatComesWhileItsStateIsBeingRead_IsReadAfterIt()
    {
        var asked = Enumerable.Range(0, Places).Select(_ => _reads.ReadAsync(User("alice")).AsTask()).ToList();
        // What this one asked before may not answer it: a commit that was acknowledged in between would be missed.
        var later = _reads.ReadAsync(User("alice")).AsTask();
        Array.ForEach(_trips.ToArray(), trip => Answer(trip, version: 1));
        await Task.WhenAll(asked).WaitAsync(Patience);
        Answer(await TripAsync(Places), version: 2);

        Assert.Equal(2, (await later.WaitAsync(Patience))!.Version);
    }

    [Fact]
    public async Task Trips_ThatHang_KeepNobodyElseWaiting()
    {
        var hanging = Enumerable.Range(0, Places).Select(i => _reads.ReadAsync(User($"h{i}")).AsTask()).ToList();
        await Task.Delay(LongerThanATripKeepsItsPlace);

        var other = _reads.ReadAsync(User("other")).AsTask();
        Answer(await TripAsync(Places));

        Assert.Equal(User("other"), (await other.WaitAsync(Patience))!.Key);
        Assert.DoesNotContain(hanging, task => task.IsCompleted);
        // And when they come back at last, they take nobody's place a second time.
        Array.ForEach(_trips.ToArray()[..Places], trip => Answer(trip));
        await Task.WhenAll(hanging).WaitAsync(Patience);
        var last = _reads.ReadAsync(User("last")).AsTask();
        Answer(await TripAsync(Places + 1));
        Assert.NotNull(await last.WaitAsync(Patience));
    }

    [Fact]
    public async Task Failure_OfATrip_IsThatOfAllInItAndOfNoOther()
    {
        var first = Enumerable.Range(0, Places).Select(i => _reads.ReadAsync(User($"first-{i}")).AsTask()).ToList();
        var together = Enumerable.Range(0, 5).Select(i => _reads.ReadAsync(User($"u{i}")).AsTask()).ToList();
        Answer(_trips.ToArray()[0]);
        var trip = await TripAsync(Places);
        var later = _reads.ReadAsync(User("later")).AsTask();
        trip.Answer.SetException(new StoreUnavailableException("gone", isOutcomeKnown: true));

        foreach (var task in together)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => task.WaitAsync(Patience));
        }
        Answer(await TripAsync(Places + 1));
        Assert.NotNull(await later.WaitAsync(Patience));
        Assert.NotNull(await first[0].WaitAsync(Patience));
    }

    [Fact]
    public async Task Many_OfOneCall_AreOneTripAndModelsAreTheirOwn()
    {
        var many = _reads.ReadManyAsync([User("a"), User("b"), User("a")]).AsTask();
        var model = _reads.ReadAsync(ActorKey.Of(Tenant)).AsTask();
        var (one, other) = (_trips.ToArray()[0], _trips.ToArray()[1]);
        Assert.Equal([User("a"), User("b")], one.Keys);
        Assert.Equal([ActorKey.Of(Tenant)], other.Keys);

        Answer(one, except: "b");
        Answer(other);

        Assert.Equal(User("a"), Assert.Single(await many.WaitAsync(Patience)).Key);
        Assert.Equal(ActorKey.Of(Tenant), (await model.WaitAsync(Patience))!.Key);
    }

    private static ActorKey User(string id) => ActorKey.Of(Tenant, SubjectId.User(id));

    private static void Answer(Trip trip, string? except = null, long version = 1) =>
        trip.Answer.SetResult([.. trip.Keys.Where(key => except is null || key != User(except)).Select(key => new StoredState(key, version, [1]))]);

    private async Task<Trip> TripAsync(int number)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (_trips.Count <= number)
        {
            await Task.Delay(1, patience.Token);
        }
        return _trips.ToArray()[number];
    }

    private sealed record Trip(IReadOnlyList<ActorKey> Keys)
    {
        public TaskCompletionSource<IReadOnlyList<StoredState>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
