using AuthzCluster.Api.Http;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class TimesTests
{
    [Theory]
    [InlineData("2026-07-01T08:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("2026-07-01t08:00:00z", "2026-07-01T08:00:00Z")]
    [InlineData("2026-07-01T08:00:00.5+02:00", "2026-07-01T06:00:00.5Z")]
    [InlineData("2026-07-01T08:00:00.1234569Z", "2026-07-01T08:00:00.123456Z")]
    [InlineData("2026-07-01T08:00:00.000000000001Z", "2026-07-01T08:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    public void TryParse_Instant_IsCutAndWrittenInUtc(string text, string written)
    {
        Assert.True(Times.TryParse(text, out var instant));
        Assert.Equal(written, Times.Format(instant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-07-01")]
    [InlineData("2026-07-01T08:00Z")]
    [InlineData("2026-07-01T08:00:00")]
    [InlineData("2026-07-01 08:00:00Z")]
    [InlineData("2026-07-01T08:00:00.Z")]
    [InlineData("2026-07-01T08:00:00+2:00")]
    [InlineData("2026-07-01T08:00:00+02:60")]
    [InlineData("2026-07-01T08:00:00+24:00")]
    [InlineData("2026-13-01T08:00:00Z")]
    [InlineData("2026-02-29T08:00:00Z")]
    [InlineData("2026-07-01T24:00:00Z")]
    [InlineData("2026-07-01T08:00:60Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-07-01T08:00:00Zx")]
    [InlineData("２０２６-07-01T08:00:00Z")]
    public void TryParse_NoInstant_IsRefused(string text) => Assert.False(Times.TryParse(text, out _));
}
