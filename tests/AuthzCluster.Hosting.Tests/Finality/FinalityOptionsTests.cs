using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Hosting.Tests.Finality;

public sealed class FinalityOptionsTests
{
    public static TheoryData<string, FinalityOptions> Bad() => new()
    {
        { "--lease-duration", new() { Duration = TimeSpan.Zero } },
        { "--lease-duration", new() { Duration = TimeSpan.FromSeconds(61) } },
        { "--lease-duration", new() { Duration = TimeSpan.FromTicks(50_000_001) } },
        { "--lease-margin", new() { Margin = TimeSpan.FromSeconds(-1) } },
        { "--lease-margin", new() { Margin = TimeSpan.FromSeconds(5) } },
        { "--lease-renewal", new() { Renewal = TimeSpan.Zero } },
        { "--lease-renewal", new() { Renewal = TimeSpan.FromSeconds(2.5) } },
        { "--announce-timeout", new() { Confirmation = TimeSpan.Zero } },
        { "--announce-timeout", new() { Confirmation = TimeSpan.MaxValue } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Checked_OutOfBounds_IsOneLineThatNamesTheOption(string flag, FinalityOptions options)
    {
        var message = Assert.Throws<StartRefusedException>(options.Checked).Message;

        Assert.StartsWith(flag, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Checked_AtItsBounds_IsTheSame()
    {
        var options = new FinalityOptions { Margin = TimeSpan.FromSeconds(4.999), Renewal = TimeSpan.FromSeconds(2.499), Confirmation = TimeSpan.FromMinutes(1) };

        Assert.Same(options, options.Checked());
    }

    [Fact]
    public void Table_OfTheOptions_SetsEachAndTellsItsDefault()
    {
        var set = FinalityOptionTable.All.Aggregate(new FinalityOptions(), (options, option) => option.Apply(options, "00:00:07"));

        var seven = TimeSpan.FromSeconds(7);
        Assert.Equal(new FinalityOptions { Duration = seven, Margin = seven, Renewal = seven, Confirmation = seven }, set);
        Assert.Equal(new FinalityOptions(), FinalityOptionTable.All.Aggregate(set, (options, option) => option.Apply(options, option.Help[^9..^1])));
    }
}
