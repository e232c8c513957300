using AuthzCluster.Api.Http;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("PT0S", "00:00:00")]
    [InlineData("P1D", "1.00:00:00")]
    [InlineData("PT24H", "1.00:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("P1DT2H3M4.5S", "1.02:03:04.5000000")]
    [InlineData("P999999W", "6999993.00:00:00")]
    public void TryParse_Good_IsRead(string text, string expected)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("1D")]
    [InlineData("-P1D")]
    [InlineData("P-1D")]
    [InlineData("PT1H\n")]
    [InlineData("pt1h")]
    [InlineData("P1H")]
    [InlineData("PT٣H")]
    [InlineData("P1234567D")]
    public void TryParse_Bad_IsNot(string text) => Assert.False(Durations.TryParse(text, out _));
}
