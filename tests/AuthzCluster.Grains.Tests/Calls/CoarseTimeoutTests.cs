using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Testing;

namespace AuthzCluster.Grains.Tests.Calls;

/// <summary>A patience that many share is never shorter than it says, and a tenth longer at most.</summary>
public sealed class CoarseTimeoutTests
{
    private readonly ManualTimeProvider _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Token_OfWhoeverAsks_IsCancelledBetweenThePatienceAndATenthMore()
    {
        var timeout = new CoarseTimeout(TimeSpan.FromMilliseconds(300), _clock);
        var waiting = new List<(double Since, CancellationToken Token)>();
        for (var now = 0; now < 2000; now++)
        {
            waiting.Add((now, timeout.Token));
            foreach (var (since, token) in waiting)
            {
                Assert.True(token.IsCancellationRequested ? now - since >= 300 : now - since <= 330, $"{since} at {now}");
            }
            waiting.RemoveAll(wait => wait.Token.IsCancellationRequested);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void Token_OfThoseThatBeginTogether_IsOne()
    {
        var timeout = new CoarseTimeout(TimeSpan.FromMilliseconds(300), _clock);
        var first = timeout.Token;
        _clock.Advance(TimeSpan.FromMilliseconds(29));
        Assert.Equal(first, timeout.Token);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotEqual(first, timeout.Token);
    }
}
