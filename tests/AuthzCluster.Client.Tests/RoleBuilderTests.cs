namespace AuthzCluster.Client.Tests;

public sealed class RoleBuilderTests
{
    [Fact]
    public void Build_WithEverything_HasIt()
    {
        var role = new RoleBuilder().WithId("r1").WithName("clerk").WithDescription("d").WithType("t")
            .WithPermissions("a:read", "b:read", "a:read").GrantPermission("c:read").GrantPermission("a:read").RevokePermission("b:read").RevokePermission("z:read")
            .AssignTo("alice").AssignTo(Principal.Team("docs")).Build();

        Assert.Equal(("r1", "clerk", "d", "t"), (role.RoleId, role.Name, role.Description, role.Type));
        Assert.Equal(["a:read", "c:read"], role.Permissions);
        Assert.Equal(["user:alice", "team:docs"], role.AssignedTo.Select(principal => principal.ToString()));
        Assert.True(role is { IsActive: true, IsBuiltIn: false, Version: null });
    }

    [Fact]
    public void Build_WithoutAnId_MakesOneEach()
    {
        var builder = new RoleBuilder().WithName("clerk");

        Assert.NotEqual(builder.Build().RoleId, builder.Build().RoleId);
        Assert.Equal(32, builder.Build().RoleId.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Build_WithoutAName_Throws(string? name) =>
        Assert.Contains("name", Assert.Throws<ValidationFailedException>(() => new RoleBuilder().WithName(name!).Build()).Fields.Keys);

    [Fact]
    public void Build_OfALongName_ThrowsAboveAHundredCharacters()
    {
        var name = string.Concat(Enumerable.Repeat("👩", 100));

        Assert.Equal(name, new RoleBuilder().WithName(name).Build().Name);
        Assert.ThrowsAny<InvalidOperationException>(() => new RoleBuilder().WithName(name + "a").Build());
    }

    [Fact]
    public void From_ARole_KeepsAllOfIt()
    {
        var role = new Role { RoleId = "r1", Name = "clerk", Permissions = ["a:read"], Parents = [new RoleParent("viewer")], Version = 3, HierarchyLevel = 7, IsActive = false,
            Policies = [new PolicyRule { RuleId = "p1", Name = "p" }] };

        var built = RoleBuilder.From(role).GrantPermission("b:read").Build();

        Assert.Equal(["a:read", "b:read"], built.Permissions);
        Assert.Equal(role, built with { Permissions = role.Permissions, Policies = role.Policies, AssignedTo = role.AssignedTo });
        Assert.Equal(role.Policies, built.Policies);
        Assert.Equal(["a:read"], role.Permissions);
    }
}
