using System.Net;
using AuthzCluster.Hosting.Webhooks;

namespace AuthzCluster.Hosting.Tests.Webhooks;

public sealed class WebhookTargetsTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    public void IsPublic_OfWhatIsNot_IsFalse(string address)
    {
        Assert.False(Addresses.IsPublic(IPAddress.Parse(address)));
        Assert.NotNull(new WebhookTargets([]).Problem(new Uri($"https://{(address.Contains(':') ? $"[{address}]" : address)}/")));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2600::1")]
    public void IsPublic_OfWhatIs_IsTrue(string address) => Assert.True(Addresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://localhost/")]
    [InlineData("https://a.localhost./")]
    [InlineData("http://hooks.example.com/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://127.1/")]
    public void Problem_ByDefault_OfLocalOrPlain_IsTold(string url) => Assert.NotNull(new WebhookTargets([]).Problem(new Uri(url)));

    [Fact]
    public void Problem_OfTargets_OnlyThese()
    {
        var targets = new WebhookTargets([.. new[] { "hooks.example.com", "*.example.org", "http://10.1.0.0/16" }.Select(WebhookTarget.Parse)]);
        Assert.Null(targets.Problem(new Uri("https://HOOKS.example.com:8443/x")));
        Assert.Null(targets.Problem(new Uri("https://a.b.example.org/")));
        Assert.Null(targets.Problem(new Uri("http://10.1.2.3/")));
        Assert.NotNull(targets.Problem(new Uri("https://10.2.0.1/")));
        Assert.NotNull(targets.Problem(new Uri("https://8.8.8.8/")));
        // By a name that is named, wherever it leads; by one below a domain, to public addresses; by any other, to networks that are named.
        Assert.True(targets.IsAllowed("hooks.example.com", IPAddress.Parse("192.168.0.1")));
        Assert.False(targets.IsAllowed("a.example.org", IPAddress.Parse("192.168.0.1")));
        Assert.True(targets.IsAllowed("a.example.org", IPAddress.Parse("8.8.8.8")));
        Assert.False(targets.IsAllowed("elsewhere.example", IPAddress.Parse("8.8.8.8")));
        Assert.True(targets.IsAllowed("elsewhere.example", IPAddress.Parse("::ffff:10.1.0.1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("10.0.0.0/40")]
    [InlineData("https://a")]
    [InlineData("a/b")]
    [InlineData("*")]
    public void Parse_OfNoTarget_IsRefused(string text) => Assert.Throws<FormatException>(() => WebhookTarget.Parse(text));
}
