using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Testing;

namespace AuthzCluster.Grains.Tests.Calls;

/// <summary>When a grain is called itself.</summary>
public sealed class DirectWaysTests
{
    private const int Hash = -7, Another = 8;

    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly DirectWays _ways;

    public DirectWaysTests() => _ways = new DirectWays(_time);

    [Fact]
    public void Way_Lost_IsTriedByOneOnceTheRestIsOver()
    {
        Assert.True(_ways.MayTry(Hash));
        _ways.Lose(Hash);
        Assert.False(_ways.MayTry(Hash));
        Assert.True(_ways.MayTry(Another));

        _time.Advance(DirectWays.Rest);
        Assert.True(_ways.MayTry(Hash));
        Assert.False(_ways.MayTry(Hash));
    }

    [Fact]
    public void Way_ThatWorksAgain_IsTriedByAll()
    {
        _ways.Lose(Hash);
        _ways.Works(Hash);
        Assert.True(_ways.MayTry(Hash));
        Assert.True(_ways.MayTry(Hash));
    }
}
