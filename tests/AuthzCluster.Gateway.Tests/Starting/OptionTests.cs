using AuthzCluster.Gateway.Configuration;
using AuthzCluster.Hosting;

namespace AuthzCluster.Gateway.Tests.Starting;

public sealed class OptionTests
{
    [Theory]
    [InlineData("--silos", "")]
    [InlineData("--silos", "a:b")]
    [InlineData("--silos", "a:1,,b:2")]
    [InlineData("--silos", "a:70000")]
    [InlineData("--silos", "http://a:1")]
    [InlineData("--silos", "user@a:1")]
    [InlineData("--silos", "a:1/path")]
    [InlineData("--service-id", " ")]
    [InlineData("--cluster-id", "")]
    [InlineData("--read-deadline", "00:00:00")]
    [InlineData("--read-deadline", "5")]
    [InlineData("--list-deadline", "-00:00:05")]
    [InlineData("--write-deadline", "24:00:00")]
    [InlineData("--tls-cert", " ")]
    [InlineData("--tls-key", "")]
    [InlineData("--tls-ca", " ")]
    [InlineData("--port", "65536")]
    [InlineData("--grpc-port", "65536")]
    [InlineData("--grpc-port", "on")]
    [InlineData("--https-cert", "")]
    [InlineData("--https-key", " ")]
    [InlineData("--address", "somewhere")]
    [InlineData("--max-requests", "0")]
    [InlineData("--no-such-option", "1")]
    public void Option_WithABadValue_IsRefusedInOneLineThatNamesIt(string flag, string value)
    {
        var refused = Assert.Throws<StartRefusedException>(() => GatewayOptionTable.Read([flag, value]));

        Assert.Contains(flag, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Options_All_AreReadAndAreInTheHelp()
    {
        var options = GatewayOptionTable.Read(["--silos", "silos.example, 10.0.0.7:30001, [::1]:30002", "--list-deadline", "00:01:00", "--cluster-id", "c1"]);

        Assert.Equal([("silos.example", 30_000), ("10.0.0.7", 30_001), ("::1", 30_002)], options.Silos.Select(silo => (silo.Host, silo.Port)));
        Assert.Equal((TimeSpan.FromMinutes(1), "c1"), (options.Calls.ListDeadline, options.ClusterId));
        Assert.All(GatewayOptionTable.All, option => Assert.Contains(option.Flag, GatewayOptionTable.Help, StringComparison.Ordinal));
    }
}
