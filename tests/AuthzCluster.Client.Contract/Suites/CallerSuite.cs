using System.Text.Json.Nodes;
using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>On whose behalf a client acts: what the holder of its key may, and no more.</summary>
public abstract class CallerSuite(ITransport transport) : ClientSuite(transport)
{
    [Fact]
    public async Task KeyWithoutRights_AsksAboutItselfOnly()
    {
        using var admin = await OfNewTenantAsync();
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("robot").GrantPermission("a:read").Build());
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant, "robot");
        using var clients = Transport.Of(admin.Tenant, key);

        Assert.True((await clients.Authorization.EvaluateAsync(new AccessQuestion(who, "a:read"))).IsAllowed);
        Assert.True((await clients.Authorization.ExplainAsync(new AccessQuestion(who, "a:read"))).IsAllowed);
        Assert.True(Assert.Single(await clients.Authorization.EvaluateBatchAsync([new AccessQuestion(who, "a:read")])).IsAllowed);
        await ForbiddenAsync(() => clients.Authorization.EvaluateAsync(new AccessQuestion("bob", "a:read")));
        await ForbiddenAsync(() => clients.Authorization.EvaluateBatchAsync([new AccessQuestion(who, "a:read"), new AccessQuestion("bob", "a:read")]));
        await ForbiddenAsync(() => clients.Authorization.ExplainAsync(new AccessQuestion("bob", "a:read")));
        await ForbiddenAsync(() => clients.Authorization.HasRoleAsync(who, "robot"));
        await ForbiddenAsync(() => clients.Authorization.IsAdminAsync(who));
        await ForbiddenAsync(() => clients.Roles.GetAllRolesAsync());
        await ForbiddenAsync(() => clients.Roles.GetRoleAsync("viewer"));
        await ForbiddenAsync(() => clients.Roles.GetPrincipalRolesAsync(who));
        await ForbiddenAsync(() => clients.Roles.GetRoleAssignmentsAsync("viewer"));
        await ForbiddenAsync(() => clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build()));
        await ForbiddenAsync(() => clients.Roles.UpdateRoleAsync(new RoleBuilder().WithId("robot").WithName("robot").Build()));
        await ForbiddenAsync(() => clients.Roles.DeleteRoleAsync("robot"));
        await ForbiddenAsync(() => clients.Roles.AssignRoleAsync("bob", "robot"));
        await ForbiddenAsync(() => clients.Roles.RevokeRoleAsync(who, "robot"));
    }

    [Fact]
    public async Task KeyOfATenant_IsOfNoUseInAnother()
    {
        using var admin = await OfNewTenantAsync();
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant, "tenant_admin");
        using var clients = Transport.Of(admin.Tenant, key);
        var other = await Transport.MakeTenantAsync(null, "standard");

        Assert.NotEmpty(await clients.Roles.GetAllRolesAsync());
        await ForbiddenAsync(() => clients.Roles.ForTenant(other).GetAllRolesAsync());
        await ForbiddenAsync(() => clients.Authorization.ForTenant(other).EvaluateAsync(new AccessQuestion(who, "a:read")));
        await ForbiddenAsync(() => clients.Authorization.ForTenant(other).EvaluateBatchAsync([]));
        await ForbiddenAsync(() => clients.Authorization.ForTenant("not-there").EvaluateAsync(new AccessQuestion(who, "a:read")));
    }

    [Fact]
    public async Task Writer_GrantsNothingThatItDoesNotHold_AndIsNamedAsTheGiver()
    {
        using var admin = await OfNewTenantAsync();
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("auditor").GrantPermission("authz.audit:read").Build());
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant, "user_manager");
        using var clients = Transport.Of(admin.Tenant, key);
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("a:read").Build());

        Assert.Equal(who.ToString(), (await clients.Roles.AssignRoleAsync("alice", "clerk")).GrantedBy);
        await ForbiddenAsync(() => clients.Roles.AssignRoleAsync("alice", "auditor"));
        await ForbiddenAsync(() => clients.Roles.AssignRoleAsync("alice", "viewer"));
        await ForbiddenAsync(() => clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("mine").Build()));
    }

    // The right counts in a scope only, so where it counts is asked in the turn that writes.
    [Fact]
    public async Task ScopedWriter_WritesWithinTheScope()
    {
        using var admin = await OfNewTenantAsync();
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant);
        using var clients = Transport.Of(admin.Tenant, key);
        var eu = new JsonObject { ["region"] = "eu" };
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("a:read").Build());
        await admin.Roles.AssignRoleAsync(new RoleGrant(who, "user_manager") { Scope = eu });

        await clients.Roles.AssignRoleAsync(new RoleGrant("alice", "clerk") { Scope = eu });
        await ForbiddenAsync(() => clients.Roles.AssignRoleAsync("alice", "clerk"));
        await ForbiddenAsync(() => clients.Roles.GetRoleAssignmentsAsync("clerk"));
        await clients.Roles.RevokeRoleAsync("alice", "clerk", eu);

        Assert.Empty(await admin.Roles.GetRoleAssignmentsAsync("clerk"));
    }

    // What was allowed may be relied on for some seconds, but not what was refused.
    [Fact]
    public async Task RightThatWasGiven_CountsAtOnce()
    {
        using var admin = await OfNewTenantAsync();
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant);
        using var clients = Transport.Of(admin.Tenant, key);
        var question = new AccessQuestion("bob", "a:read");
        await ForbiddenAsync(() => clients.Authorization.EvaluateAsync(question));

        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("asker").GrantPermission("authz.evaluate:execute").AssignTo(who).Build());

        Assert.False((await clients.Authorization.EvaluateAsync(question)).IsAllowed);
        await ForbiddenAsync(() => clients.Authorization.ExplainAsync(question));
        await admin.Roles.AssignRoleAsync(who, "viewer");
        Assert.False((await clients.Authorization.ExplainAsync(question)).IsAllowed);
    }

    [Fact]
    public async Task KeyThatWasRevoked_OpensNothingToANewClient()
    {
        using var admin = await OfNewTenantAsync();
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant, "viewer");
        await Transport.RevokeKeyAsync(admin.Tenant, who);
        using var clients = Transport.Of(admin.Tenant, key);

        Assert.Equal("unauthenticated", (await Assert.ThrowsAsync<UnauthenticatedException>(() => clients.Roles.GetAllRolesAsync())).Code);
    }

    [Fact]
    public async Task RefusedAttempts_AreToldToTheAuditLog()
    {
        using var admin = await OfNewTenantAsync();
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("a:read").Build());
        var (who, key) = await Transport.MakeKeyAsync(admin.Tenant);
        using var clients = Transport.Of(admin.Tenant, key);

        await ForbiddenAsync(() => clients.Roles.AssignRoleAsync("alice", "clerk"));
        await ForbiddenAsync(() => clients.Roles.DeleteRoleAsync("clerk"));
        Assert.Equal(2, await Transport.CountRefusalsAsync(admin.Tenant, who));
        // Of reads in a loop one.
        await ForbiddenAsync(() => clients.Roles.GetAllRolesAsync());
        await ForbiddenAsync(() => clients.Roles.GetAllRolesAsync());
        Assert.Equal(3, await Transport.CountRefusalsAsync(admin.Tenant, who));
    }

    private static async Task ForbiddenAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ForbiddenException>(call);
        Assert.Equal(("forbidden", 403), (refused.Code, refused.Status));
    }
}
