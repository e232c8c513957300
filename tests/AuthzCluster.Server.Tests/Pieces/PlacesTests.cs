using System.Diagnostics;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class PlacesTests
{
    [Fact]
    public async Task Enter_AllTaken_WaitsInOrderUntilOneIsFree()
    {
        var places = new Places(2, 2, Timeout.InfiniteTimeSpan);
        Assert.True(places.TryEnter());
        Assert.True(await places.EnterAsync());
        Assert.False(places.TryEnter());
        var (first, second) = (places.EnterAsync().AsTask(), places.EnterAsync().AsTask());

        Assert.False(await places.EnterAsync());
        places.Leave();
        Assert.True(await first);

        Assert.False(second.IsCompleted);
        Assert.False(places.TryEnter());
        places.Leave();
        Assert.True(await second);
        places.Leave();
        places.Leave();
        AssertFree(places, 2);
    }

    [Fact]
    public async Task Enter_NobodyLeavesInTime_GivesUpAndLeavesNoTrace()
    {
        var places = new Places(1, 5, TimeSpan.FromMilliseconds(1));
        Assert.True(places.TryEnter());

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => places.EnterAsync().AsTask())), Assert.False);

        places.Leave();
        AssertFree(places, 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    public async Task Enter_ManyAtOnce_NeverMoreThanThereAre(int patience, int held)
    {
        const int most = 3, callers = 32;
        var rounds = patience == 0 ? 50_000 : 500;
        var places = new Places(most, callers / 2, TimeSpan.FromMilliseconds(patience));
        var (inside, worst, entered) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                if (!places.TryEnter() && !await places.EnterAsync())
                {
                    continue;
                }
                Interlocked.Increment(ref entered);
                var now = Interlocked.Increment(ref inside);
                for (var seen = worst; now > seen; seen = Interlocked.CompareExchange(ref worst, now, seen))
                {
                }
                for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < held;)
                {
                    await Task.Yield();
                }
                Interlocked.Decrement(ref inside);
                places.Leave();
            }
        })));

        Assert.InRange(worst, 1, most);
        Assert.InRange(entered, 1, callers * rounds);
        AssertFree(places, most);
    }

    private static void AssertFree(Places places, int count)
    {
        Assert.All(Enumerable.Range(0, count), _ => Assert.True(places.TryEnter()));
        Assert.False(places.TryEnter());
    }
}
