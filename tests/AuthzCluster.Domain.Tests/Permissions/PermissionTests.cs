using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Tests.Permissions;

public class PermissionTests
{
    [Theory]
    [InlineData("*", "*")]
    [InlineData("*:*", "*")]
    [InlineData("*:*:*", "*")]
    [InlineData("*:*:own", "*:*:own")]
    [InlineData("invoices:read", "invoices:read")]
    [InlineData("invoices:read:*", "invoices:read")]
    [InlineData("invoices:read:customer", "invoices:read:customer")]
    [InlineData("votes.submit", "votes:submit")]
    [InlineData("compute.instances.get", "compute.instances:get")]
    [InlineData("compute.*", "compute:*")]
    [InlineData("authz.*:*", "authz.*:*")]
    [InlineData("*:read", "*:read")]
    [InlineData("a-b_c/d.e:f", "a-b_c/d.e:f")]
    public void TryParse_GoodText_IsCanonical(string text, string canonical)
    {
        Assert.True(Permission.TryParse(text, out var permission, out _));
        Assert.Equal(canonical, permission.ToString());
        Assert.Equal(permission, Permission.Parse(canonical));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("read")]
    [InlineData(":read")]
    [InlineData("invoices:")]
    [InlineData(".read")]
    [InlineData("invoices.")]
    [InlineData("invoices:read:")]
    [InlineData("invoices:read:mine")]
    [InlineData("invoices:read:OWN")]
    [InlineData("invoices:read:own:x")]
    [InlineData("inv oices:read")]
    [InlineData("inv*:read")]
    [InlineData("*.x:read")]
    [InlineData(".*:read")]
    [InlineData("invoices:re*")]
    [InlineData("rechnungen:prüfen")]
    [InlineData("a\0b:read")]
    public void TryParse_BadText_SaysWhatIsWrong(string? text)
    {
        Assert.False(Permission.TryParse(text, out _, out var error));
        Assert.False(string.IsNullOrWhiteSpace(error));
    }

    [Fact]
    public void TryParse_Segments_HaveAtMost128Characters()
    {
        Assert.True(Permission.TryParse($"{new string('r', 128)}:{new string('a', 128)}", out _, out _));
        Assert.False(Permission.TryParse($"{new string('r', 129)}:a", out _, out _));
        Assert.False(Permission.TryParse($"r:{new string('a', 129)}", out _, out _));
    }

    [Fact]
    public void TryParse_OfAQuestion_TellsAScopeThatWasWritten()
    {
        Assert.True(Permission.TryParse("invoices:read:*", out _, out var written, out _));
        Assert.True(written);
        Assert.True(Permission.TryParse("invoices:read", out _, out var leftOut, out _));
        Assert.False(leftOut);
    }

    [Theory]
    [InlineData("*", "invoices:read", true)]
    [InlineData("*", "*", true)]
    [InlineData("invoices:*", "invoices:read", true)]
    [InlineData("invoices:*", "invoices:*", true)]
    [InlineData("invoices:read", "invoices:*", false)]
    [InlineData("*:read", "invoices:read", true)]
    [InlineData("authz.*:*", "authz.roles:read", true)]
    [InlineData("authz.*:*", "authz.roles.x:read", true)]
    [InlineData("authz.*:*", "authz:read", false)]
    [InlineData("authz.*:*", "authzx:read", false)]
    [InlineData("authz.*:read", "authz.*:read", true)]
    [InlineData("a.*:read", "a.b.*:read", true)]
    [InlineData("a.b.*:read", "a.*:read", false)]
    [InlineData("invoices:read:team", "invoices:read:own", true)]
    [InlineData("invoices:read:own", "invoices:read:team", false)]
    [InlineData("invoices:read:customer", "invoices:read", false)]
    [InlineData("invoices:read", "Invoices:read", false)]
    public void Covers_GrantedOverRequired_FollowsTheRule(string granted, string required, bool covers) =>
        Assert.Equal(covers, Permission.Parse(granted).Covers(Permission.Parse(required)));
}
