namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>What is told of right answers, stale ones and none.</summary>
public sealed class FiguresTests
{
    private readonly Figures _figures = new();
    private readonly Fact _fact = new Held("one");
    private readonly Way _way = new NoWay();

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(false, 0, 1)]
    public void Judge_OfWhatOnlyThePastExplains_TellsOfAViolation(bool answer, int staleAllows, int staleDenials)
    {
        var acknowledged = Write(!answer);

        _figures.Judge(_fact, "one", _way, answer, (acknowledged, acknowledged));

        Assert.Equal((1, 1), (_figures.Violations, _figures.Decisive));
        Assert.Contains($"stale {(answer ? "allow" : "denial")}, fault: none", Assert.Single(_figures.Wrong), StringComparison.Ordinal);
        Assert.Contains($"| {staleAllows} | {staleDenials} |\n", _figures.Table, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfAnswersThatMayBe_TellsOfNone()
    {
        var granted = Write(true);
        _figures.Judge(_fact, "one", _way, true, (granted, granted));
        var open = _fact.History.Begin(false);
        _figures.Judge(_fact, "one", _way, true, (granted, open.Begun));
        _figures.Judge(_fact, "one", _way, false, (granted, open.Begun));

        Assert.Equal((0, 1), (_figures.Violations, _figures.Decisive));
        Assert.Empty(_figures.Wrong);
    }

    [Fact]
    public void Gap_IsFromTheFirstWhoWaitsOrTheLastAnswerToTheNext()
    {
        var gap = new Gap();
        gap.Begin(Second(1));
        gap.Refuse();
        gap.Begin(Second(3));
        gap.Begin(Second(4));
        Assert.Equal(TimeSpan.FromSeconds(4), gap.Answer(Second(5)));
        Assert.Equal(TimeSpan.FromSeconds(2), gap.Answer(Second(7)));

        // Nobody waited.
        gap.Begin(Second(60));
        Assert.Equal(TimeSpan.FromSeconds(1), gap.Answer(Second(61)));
    }

    private static long Second(int number) => number * System.Diagnostics.Stopwatch.Frequency;

    private long Write(bool isSo)
    {
        var write = _fact.History.Begin(isSo);
        var now = Moment.Now;
        _fact.History.Acknowledge(write, now);
        return now;
    }

    private sealed class NoWay() : Way("nowhere")
    {
        public override bool IsGateway => true;

        public override Task<bool?> AskAsync(Fact fact, string subject) => Task.FromResult<bool?>(null);

        public override Task<WriteResult?> WriteAsync(Fact fact, bool isSo, string key) => Task.FromResult<WriteResult?>(null);
    }
}
