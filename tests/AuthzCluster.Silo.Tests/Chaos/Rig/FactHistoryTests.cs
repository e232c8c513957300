namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>What a fact may have been, for checks before, during and after its writes.</summary>
public sealed class FactHistoryTests
{
    private readonly FactHistory _history = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MayBe_AfterTheAcknowledgement_IsWhatWasWritten(bool isSo)
    {
        Write(!isSo);
        var acknowledged = Write(isSo);

        Assert.True(_history.MayBe(isSo, acknowledged, acknowledged + 1));
        Assert.False(_history.MayBe(!isSo, acknowledged, acknowledged + 1));
    }

    [Fact]
    public void MayBe_BegunBeforeTheAcknowledgement_IsEither()
    {
        var granted = Write(true);
        var acknowledged = Write(false);

        Assert.True(_history.MayBe(true, acknowledged - 1, acknowledged + 1));
        Assert.True(_history.MayBe(false, acknowledged - 1, acknowledged + 1));
        Assert.True(_history.MayBe(true, granted, granted));
    }

    [Fact]
    public void MayBe_WhileAWriteIsUnacknowledged_IsEither()
    {
        var granted = Write(true);
        var open = _history.Begin(false);

        Assert.True(_history.MayBe(true, open.Begun, open.Begun));
        Assert.True(_history.MayBe(false, open.Begun, open.Begun));
        Assert.True(_history.MayBe(false, granted, open.Begun));
    }

    [Fact]
    public void MayBe_EndedBeforeAWriteBegan_DoesNotKnowOfIt()
    {
        var granted = Write(true);
        var open = _history.Begin(false);

        Assert.False(_history.MayBe(false, granted, open.Begun - 1));
    }

    [Fact]
    public void MayBe_AcrossMoreWritesThanAreKept_IsEitherLongAgoAndExactNow()
    {
        var first = Write(true);
        var last = first;
        for (var i = 0; i < 1000; i++)
        {
            last = Write(i % 2 == 1);
        }

        Assert.True(_history.MayBe(true, first - 1, first));
        Assert.True(_history.MayBe(false, first - 1, first));
        Assert.False(_history.MayBe(false, last, last));
        Assert.Equal(1001, _history.Acknowledged);
    }

    [Fact]
    public void Acknowledge_OfOneOfTwoRequests_CountsOnceAndFromTheFirst()
    {
        var write = _history.Begin(true);
        var first = Moment.Now;

        Assert.True(_history.Acknowledge(write, first));
        Assert.False(_history.Acknowledge(write, Moment.Now));
        Assert.Equal((first, 1), (write.Acknowledged, _history.Acknowledged));
    }

    // The moment of its acknowledgement.
    private long Write(bool isSo)
    {
        var write = _history.Begin(isSo);
        var now = Moment.Now;
        _history.Acknowledge(write, now);
        return now;
    }
}
