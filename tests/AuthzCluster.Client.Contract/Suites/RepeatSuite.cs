using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>Writes that their caller repeats under a key of its own, after a restart say: done once, and answered as at first.</summary>
public abstract class RepeatSuite(ITransport transport) : ClientSuite(transport)
{
    [Fact]
    public async Task EachWrite_UnderTheSameKey_IsDoneOnce()
    {
        using var clients = await OfNewTenantAsync();
        using var again = Transport.Of(clients.Tenant);
        var role = new RoleBuilder().WithName("clerk").AssignTo("bob").Build();

        var made = await clients.Roles.CreateRoleAsync(role, "make");
        Assert.Equal((made.RoleId, made.CreatedAt), ((await again.Roles.CreateRoleAsync(role, "make")).RoleId, made.CreatedAt));

        var changed = await clients.Roles.UpdateRoleAsync(made with { Description = "new" }, "change");
        Assert.Equal(changed.Version, (await again.Roles.UpdateRoleAsync(made with { Description = "new" }, "change")).Version);

        var given = await clients.Roles.AssignRoleAsync("alice", "clerk", idempotencyKey: "give");
        await clients.Roles.RevokeRoleAsync("alice", "clerk", idempotencyKey: "take");
        Assert.Equal(given.AssignmentId, (await again.Roles.AssignRoleAsync("alice", "clerk", idempotencyKey: "give")).AssignmentId);
        Assert.False(await clients.Authorization.HasRoleAsync("alice", "clerk"));
        await again.Roles.RevokeRoleAsync("alice", "clerk", idempotencyKey: "take");

        await clients.Roles.DeleteRoleAsync("clerk", force: true, "end");
        await again.Roles.DeleteRoleAsync("clerk", force: true, "end");
        await Assert.ThrowsAsync<RoleNotFoundException>(() => again.Roles.DeleteRoleAsync("clerk", force: true, "another-end"));
    }

    [Fact]
    public async Task AnotherWrite_UnderAKeyThatWasUsed_IsRefused()
    {
        using var clients = await OfNewTenantAsync();
        var role = new RoleBuilder().WithName("clerk").Build();
        await clients.Roles.CreateRoleAsync(role, "order-17");

        await TakenAsync(() => clients.Roles.CreateRoleAsync(role with { Name = "other" }, "order-17"));
        await TakenAsync(() => clients.Roles.UpdateRoleAsync(role, "order-17"));
        await TakenAsync(() => clients.Roles.AssignRoleAsync("alice", "clerk", idempotencyKey: "order-17"));
        Assert.Equal("clerk", (await clients.Roles.GetRoleAsync(role.RoleId))!.Name);
        Assert.Empty(await clients.Roles.GetRoleAssignmentsAsync("clerk"));

        static async Task TakenAsync(Func<Task> write) => Assert.Equal("invalid_state", (await Assert.ThrowsAsync<InvalidStateException>(write)).Code);
    }

    [Fact]
    public async Task SameKey_OfAnotherTenantOrCaller_IsAnotherRequest()
    {
        using var clients = await OfNewTenantAsync();
        var other = clients.Roles.ForTenant(await Transport.MakeTenantAsync(null, "standard"));
        using var another = Transport.Of(clients.Tenant, (await Transport.MakeKeyAsync(clients.Tenant, "super_admin")).Key);

        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build(), "order-17");
        await other.CreateRoleAsync(new RoleBuilder().WithName("other").Build(), "order-17");
        await another.Roles.CreateRoleAsync(new RoleBuilder().WithName("mine").Build(), "order-17");

        Assert.Equal(["clerk", "mine"], (await clients.Roles.GetAllRolesAsync(includeBuiltIn: false)).Select(role => role.Name).Order());
        Assert.Equal(["other"], (await other.GetAllRolesAsync(includeBuiltIn: false)).Select(role => role.Name));
    }

    [Fact]
    public async Task WriteThatFailed_TellsItsKey_UnderWhichItCanBeDone()
    {
        using var clients = await OfNewTenantAsync();

        var refused = await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.AssignRoleAsync("alice", "clerk"));
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build());
        await clients.Roles.AssignRoleAsync("alice", "clerk", idempotencyKey: refused.IdempotencyKey);

        Assert.Single(await clients.Roles.GetRoleAssignmentsAsync("clerk"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task Key_OfOtherCharacters_IsRefused(string key)
    {
        using var clients = await OfNewTenantAsync();

        var refused = await Assert.ThrowsAsync<ValidationFailedException>(() => clients.Roles.DeleteRoleAsync("clerk", idempotencyKey: key));
        Assert.Contains("idempotency_key", refused.Fields.Keys);
    }
}
