using AuthzCluster.Hosting.Processes;
using AuthzCluster.Silo.Configuration;

namespace AuthzCluster.Silo.Tests.Luck;

/// <summary>Every option with a value that it cannot have: one line that names it, exit code 2.</summary>
public sealed class OptionTests
{
    private const string Database = "Host=127.0.0.1;Port=1;Username=authz;Database=none";

    public static TheoryData<string, string> BadValues() => new()
    {
        { "--database", "nonsense" }, { "--database", "" }, { "--database", "Host=" }, { "--database", "Host=a;Prot=1" },
        { "--service-id", "" }, { "--service-id", "a b" }, { "--service-id", new string('a', 101) },
        { "--cluster-id", "" }, { "--cluster-id", "a/b" },
        { "--address", "localhost" }, { "--address", "0.0.0.0" }, { "--address", "::" }, { "--address", "" }, { "--address", "203.0.113.7" },
        { "--silo-port", "0" }, { "--silo-port", "65536" }, { "--silo-port", "-1" }, { "--silo-port", "eleven" }, { "--silo-port", "30000" },
        { "--gateway-port", "0" }, { "--gateway-port", "99999" }, { "--gateway-port", "11111" },
        { "--health-port", "65536" }, { "--health-port", "x" }, { "--health-port", "11111" }, { "--health-port", "30000" },
        { "--admin-key-file", "" }, { "--admin-key-file", " " },
        { "--idle-time", "00:00:59" }, { "--idle-time", "5" }, { "--idle-time", "1.00:00:00" },
        { "--probe-timeout", "00:00:00" }, { "--probe-timeout", "00:01:01" },
        { "--drain-timeout", "00:00:00" }, { "--drain-timeout", "never" },
        { "--lease-duration", "00:00:02" }, { "--lease-duration", "00:01:01" }, { "--lease-duration", "5" },
        { "--lease-margin", "00:00:00" }, { "--lease-margin", "00:00:05" },
        { "--lease-renewal", "00:00:00" }, { "--lease-renewal", "00:00:03" },
        { "--announce-timeout", "00:00:00" }, { "--announce-timeout", "00:01:01" },
        { "--encryption", "" }, { "--encryption", "yes" }, { "--key-lifetime", "6" }, { "--key-lifetime", "3651" },
        { "--key-ring-cert", "" }, { "--key-ring-cert", "/there/is/none.pem" }, { "--key-ring-old-certs", "" }, { "--key-ring-old-certs", "/there/is/none.pem" },
        { "--opa-url", "ftp://opa" }, { "--opa-url", "opa:8181" }, { "--opa-token-file", "" }, { "--opa-ca", "" },
        { "--opa-timeout", "00:00:00" }, { "--opa-timeout", "00:00:11" }, { "--opa-keep", "00:00:06" }, { "--opa-connections", "0" },
        { "--opa-failures", "0" }, { "--opa-pause", "never" },
        { "--decision-log", "" }, { "--decision-log", "/there/is/none/decisions.log" }, { "--decision-log-level", "some" },
        { "--decision-log-one-of", "0" }, { "--decision-log-buffer", "0" }, { "--decision-log-buffer", "1000001" },
        { "--webhook-targets", "a b" }, { "--webhook-targets", "10.0.0.0/40" }, { "--webhook-timeout", "00:00:00" }, { "--webhook-timeout", "00:01:01" },
        { "--webhook-attempts", "0" }, { "--webhook-attempts", "101" }, { "--webhook-pause", "00:00:00" }, { "--webhook-pause", "never" },
        { "--tls-cert", "" }, { "--tls-cert", "/there/is/none.pem" },
        { "--tls-key", "" }, { "--tls-key", "/there/is/none.pem" },
        { "--tls-ca", "" }, { "--tls-ca", "/there/is/none.pem" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task Start_BadValue_IsOneLineNamingTheOption(string flag, string value)
    {
        string[] args = flag == "--database" ? [flag, value] : ["--database", Database, flag, value];

        Assert.Contains(flag, await RefusedAsync(args), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--database", "--database")]
    [InlineData("--database")]
    [InlineData("--databse", "--databse", "x")]
    [InlineData("--silo-port", "--database", Database, "--silo-port", "1", "--silo-port=2")]
    [InlineData("--silo-port", "--database", Database, "--silo-port")]
    [InlineData("--cluster-id", "--migrate", "--database", Database, "--cluster-id", "")]
    [InlineData("--database", "--migrate")]
    [InlineData("--database", "--new-key")]
    [InlineData("--database", "--new-key", "--database", Database)]
    public async Task Start_BadCommandLine_IsOneLine(string named, params string[] args) =>
        Assert.Contains(named, await RefusedAsync(args), StringComparison.Ordinal);

    [Fact]
    public void BadValues_OfTheTest_AreOfEveryOption() =>
        Assert.Equal(SiloOptionTable.All.Select(option => option.Flag).Order(), BadValues().Select(row => (string)row[0]).Distinct().Order());

    [Fact]
    public async Task Start_BadDatabase_TellsNoSecret() =>
        Assert.DoesNotContain("hush", await RefusedAsync(["--database", "Host=a;Password=hush;Nonsense=1"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h", "--database")]
    public async Task Help_IsPrinted_WhateverElseIsThere(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(HostProcess.Stopped, await SiloProcess.RunAsync(args, output, errors));

        Assert.Equal("", errors.ToString());
        Assert.All(SiloOptionTable.All.Select(option => option.Flag).Append("--migrate").Append("--new-key"), flag => Assert.Contains(flag, output.ToString(), StringComparison.Ordinal));
    }

    private static async Task<string> RefusedAsync(string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.Equal(HostProcess.Refused, await SiloProcess.RunAsync(args, output, errors));
        Assert.Equal("", output.ToString());
        return Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
