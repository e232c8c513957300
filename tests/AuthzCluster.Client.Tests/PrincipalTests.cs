namespace AuthzCluster.Client.Tests;

public sealed class PrincipalTests
{
    [Theory]
    [InlineData("alice", "user", "alice")]
    [InlineData("team:docs", "team", "docs")]
    [InlineData("service:a:b", "service", "a:b")]
    [InlineData(":a", "", "a")]
    [InlineData("a:", "a", "")]
    public void Parse_Text_IsPartedAtTheFirstColon(string text, string type, string id)
    {
        Principal principal = text;

        Assert.Equal((type, id), (principal.Type, principal.Id));
        Assert.Equal(principal, Principal.Parse($"{type}:{id}"));
        Assert.Equal($"{type}:{id}", principal.ToString());
    }

    [Fact]
    public void User_WithAColon_IsAUser() => Assert.Equal(("user", "team:docs", false), (Principal.User("team:docs").Type, Principal.User("team:docs").Id, Principal.User("team:docs").IsTeam));
}
