using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>API keys: who gets one, what it opens, and until when.</summary>
public abstract class ApiKeySuite(IHostFixture host) : HostSuite(host)
{
    private static readonly TenantId Acme = new("acme");
    private static readonly Caller Boss = new(SubjectId.User("boss"), "request-2");

    [Fact]
    public async Task Create_RolesInTwoTenants_HoldsThemInBoth()
    {
        await TwoTenantsAsync();

        var issued = await CreateAsync(new("ci") { Roles = ["reader"], Tenants = [Tenant, Acme], ExpiresAt = Now.AddDays(1) });

        var subject = issued.Key.Subject.ToString();
        Assert.True(await MayAsync(subject, "invoices:read") && await MayAsync(subject, "invoices:read", Acme));
        var found = await FindAsync(issued.Token);
        Assert.Equal((issued.Key.Id, Now.AddDays(1)), (found!.Key.Id, found.Until));
        Assert.Equal(issued.Key, Ok(await Host.ApiKeys.GetAsync(Tenant, issued.Key.Id)), Same);
        Refused(ErrorCode.NotFound, await Host.ApiKeys.GetAsync(Acme, issued.Key.Id));
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Acme, null, 10)).Items);
        Assert.Single(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
        var told = Assert.Single(await AuditAsync("api_key.created"));
        Assert.Equal(("user:admin", issued.Key.Id.Value), (told.Actor, told.Entry.TargetId));
    }

    [Fact]
    public async Task Find_AnythingButTheToken_IsNothing()
    {
        await RoleAsync("reader");
        var (one, other) = (await CreateAsync(), await CreateAsync());
        var secret = one.Token.Split('.')[1];

        Assert.NotNull(await FindAsync(one.Token));
        foreach (var wrong in new[] { $"authzk_{other.Key.Id}.{secret}", $"authzk_{one.Key.Id}.", one.Token[..^1], one.Token + "A", one.Token.ToUpperInvariant(), $"authzk_nobody.{secret}", $"authzk_{secret}", secret })
        {
            Assert.Null(await FindAsync(wrong));
        }
    }

    [Fact]
    public async Task Create_UnknownRoleOrTenant_NamesThemAllAndLeavesNothing()
    {
        await TwoTenantsAsync();
        await RoleAsync("here");

        var refused = await Host.ApiKeys.CreateAsync(Tenant, new("x") { Roles = ["reader", "here", "nowhere"], Tenants = [Tenant, Acme, new("gone")] }, Admin);

        // `nowhere` in both, `here` in one of them, and the tenant.
        Assert.Equal(["roles", "roles", "roles", "tenants"], refused.Error!.Fields.Select(field => field.Field).Order());
        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Empty(await HoldersAsync("reader"));
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
    }

    [Fact]
    public async Task Create_ByOneWhoMayNotGiveARole_IsRefusedWhole()
    {
        await TwoTenantsAsync();
        await RoleAsync("secret", "payroll:read");
        Ok(await AssignAsync("boss", "tenant_admin"));
        Ok(await AssignInAsync(Acme, "boss", "viewer"));

        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, new("x") { Roles = ["super_admin"], Tenants = [Tenant] }, Boss));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Tenant, Acme] }, Boss));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Acme] }, Boss));
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
        Ok(await Host.ApiKeys.CreateAsync(Tenant, new("x") { Roles = ["reader"], Tenants = [Tenant] }, Boss));
    }

    [Fact]
    public async Task Keys_MakingAndRotating_EachNeedsItsRightInEveryTenantAndTheOwner()
    {
        await TwoTenantsAsync();
        await RoleAsync("maker", "authz.keys:create");
        await RoleAsync("rotator", "authz.keys:update");
        Ok(await AssignAsync("maker", "maker"));
        Ok(await AssignAsync("rotator", "rotator"));
        Ok(await AssignInAsync(Acme, "boss", "tenant_admin"));
        var (maker, rotator) = (new Caller(SubjectId.User("maker"), "m"), new Caller(SubjectId.User("rotator"), "r"));
        var (draft, bare) = (new ApiKeyDraft("x") { Tenants = [Tenant] }, new ApiKeyDraft("y") { Tenants = [Acme] });

        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, draft, rotator));
        var made = Ok(await Host.ApiKeys.CreateAsync(Tenant, draft, maker));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, null, maker));
        Ok(await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, null, rotator));
        // She may all where it is valid, and nothing where it is listed and told of.
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, bare, Boss));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, (await CreateAsync(bare)).Key.Id, null, Boss));
        Ok(await Host.ApiKeys.CreateAsync(Acme, bare, Boss));
    }

    [Fact]
    public async Task Create_WhoseCallerLostTheRightMeanwhile_IsRefusedAndUndone()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("boss", "tenant_admin"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsApiKey);
        var making = Host.ApiKeys.CreateAsync(Tenant, new("x") { Roles = ["reader"], Tenants = [Tenant] }, Boss);
        await reached.Task;
        Ok(await RevokeAsync("boss", "tenant_admin"));
        proceed.SetResult();

        Refused(ErrorCode.Forbidden, await making);
        Assert.Empty(await HoldersAsync("reader"));
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
    }

    [Fact]
    public async Task Create_NarrowedCaller_PassesItsLimitOn()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("boss", "tenant_admin"));
        var narrowed = Boss with { NarrowedTo = [Permission.Parse("authz.*:*"), Permission.Parse("invoices:read")] };

        var issued = Ok(await Host.ApiKeys.CreateAsync(Tenant, new("x") { Roles = ["reader"], Tenants = [Tenant] }, narrowed));

        Assert.Equal(narrowed.NarrowedTo, issued.Key.NarrowedTo!.Value.AsEnumerable());
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Tenant], Permissions = ["*"] }, narrowed));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Tenant] }, Boss with { NarrowedTo = [Permission.Parse("invoices:read")] }));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, (await CreateAsync()).Key.Id, null, narrowed));
        Ok(await Host.ApiKeys.RotateAsync(Tenant, issued.Key.Id, null, narrowed));
    }

    [Fact]
    public async Task Rotate_ByOneWhoHoldsLess_IsRefused()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("boss", "tenant_admin"));
        var mighty = await CreateAsync(new("mighty") { Roles = ["super_admin"], Tenants = [Tenant] });
        var later = await CreateAsync();
        Ok(await AssignAsync(later.Key.Subject.ToString(), "super_admin"));
        var joined = await CreateAsync();
        Ok(await AssignAsync("team:chiefs", "super_admin"));
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "chiefs", joined.Key.Subject, Admin));

        foreach (var key in new[] { mighty, later, joined })
        {
            Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, key.Key.Id, null, Boss));
            Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, key.Key.Id, null, Boss with { NarrowedTo = [Permission.Parse("authz.keys:*")] }));
            Ok(await Host.ApiKeys.RotateAsync(Tenant, key.Key.Id, null, new Caller(key.Key.Subject, "own")));
        }
        Ok(await Host.ApiKeys.RotateAsync(Tenant, (await CreateAsync()).Key.Id, null, Boss));

        // What it holds on a condition it could give to nobody; its own new token gives it nothing.
        await RoleAsync("rotator", "authz.keys:update");
        var conditional = await CreateAsync(new("own") { Roles = ["rotator"], Tenants = [Tenant] });
        Ok(await Host.Assignments.AssignAsync(Tenant, "reader", new AssignmentDraft(conditional.Key.Subject) { Conditions = [new("resource_owner", AttributeBag.Empty)] }, Admin));
        Refused(ErrorCode.Forbidden, await Host.ApiKeys.RotateAsync(Tenant, conditional.Key.Id, null, new Caller((await CreateAsync(new("other") { Roles = ["rotator"], Tenants = [Tenant] })).Key.Subject, "other")));
        Ok(await Host.ApiKeys.RotateAsync(Tenant, conditional.Key.Id, null, new Caller(conditional.Key.Subject, "own")));
    }

    [Fact]
    public async Task Rotate_Overlap_BothOpenUntilItsEndExactly()
    {
        await RoleAsync("reader");
        var first = await CreateAsync();

        var second = Ok(await Host.ApiKeys.RotateAsync(Tenant, first.Key.Id, TimeSpan.FromMinutes(10), Admin));
        Assert.Equal(Now.AddMinutes(10), (await FindAsync(first.Token))!.Until);
        Host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(10));
        Assert.NotNull(await FindAsync(first.Token));
        Host.Time.Advance(TimeSpan.FromTicks(10));
        Assert.Null(await FindAsync(first.Token));
        Assert.NotNull(await FindAsync(second.Token));

        var third = Ok(await Host.ApiKeys.RotateAsync(Tenant, first.Key.Id, TimeSpan.Zero, Admin));
        Assert.Null(await FindAsync(second.Token));
        Assert.NotNull(await FindAsync(third.Token));
        Assert.Equal(2, (await AuditAsync("api_key.rotated")).Count);
        Refused(ErrorCode.ValidationFailed, await Host.ApiKeys.RotateAsync(Tenant, first.Key.Id, TimeSpan.FromDays(31), Admin));
        Refused(ErrorCode.NotFound, await Host.ApiKeys.RotateAsync(TenantId.System, first.Key.Id, null, Admin));
    }

    [Fact]
    public async Task Expiry_Key_ItAndItsRolesEndExactly()
    {
        await RoleAsync("reader", "invoices:read");
        var issued = await CreateAsync(new("x") { Roles = ["reader"], Tenants = [Tenant], ExpiresAt = Now.AddMinutes(1) });

        Host.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(10));
        Assert.NotNull(await FindAsync(issued.Token));
        Assert.True(await MayAsync(issued.Key.Subject.ToString(), "invoices:read"));
        Host.Time.Advance(TimeSpan.FromTicks(10));
        Assert.Null(await FindAsync(issued.Token));
        Assert.False(await MayAsync(issued.Key.Subject.ToString(), "invoices:read"));
        Assert.False(Assert.Single(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items).IsActiveAt(Now));
        Refused(ErrorCode.InvalidState, await Host.ApiKeys.RotateAsync(Tenant, issued.Key.Id, null, Admin));
        Ok(await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, Admin));
    }

    [Fact]
    public async Task Revoke_ByOneWhoLostTheRight_IsRefusedInTheTurn()
    {
        var issued = Ok(await Host.ApiKeys.CreateAsync(Tenant, new ApiKeyDraft("x") { Tenants = [Tenant] }, Admin));
        var eve = new Caller(SubjectId.User("eve"), "r");

        Refused(ErrorCode.Forbidden, await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, eve));
        Assert.NotNull(Ok(await Host.ApiKeys.FindAsync(issued.Token)));

        await RoleAsync("remover", "authz.keys:delete");
        Ok(await AssignAsync("eve", "remover"));
        Ok(await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, eve));
    }

    [Fact]
    public async Task Revoke_Key_OpensNothingAndHoldsNothing()
    {
        await TwoTenantsAsync();
        var issued = await CreateAsync(new("ci") { Roles = ["reader"], Tenants = [Tenant, Acme] });
        Ok(await Host.Assignments.JoinTeamAsync(Acme, "builders", issued.Key.Subject, Admin));

        Refused(ErrorCode.NotFound, await Host.ApiKeys.RevokeAsync(Acme, issued.Key.Id, Admin));
        Ok(await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, Admin));

        Assert.Null(await FindAsync(issued.Token));
        Assert.Empty(await HoldersAsync("reader"));
        Assert.False(await MayAsync(issued.Key.Subject.ToString(), "invoices:read", Acme));
        Assert.Empty(Ok(await Host.Assignments.ListTeamsAsync(Acme, issued.Key.Subject)));
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
        Refused(ErrorCode.NotFound, await Host.ApiKeys.GetAsync(Tenant, issued.Key.Id));
        Refused(ErrorCode.NotFound, await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, Admin));
        Assert.Single(await AuditAsync("api_key.revoked"));
    }

    [Fact]
    public async Task List_Pages_AreInOrderOfMaking()
    {
        await RoleAsync("reader");
        var made = new List<ApiKeyId>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await CreateAsync()).Key.Id);
        }
        var (listed, after) = (new List<ApiKeyId>(), (string?)null);
        do
        {
            var page = Ok(await Host.ApiKeys.ListAsync(Tenant, after, 2));
            listed.AddRange(page.Items.Select(key => key.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(made.OrderBy(id => id.Value, StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task Touch_Key_IsNotedWithinAMinuteAndOnce()
    {
        await RoleAsync("reader");
        var issued = await CreateAsync();
        var (noted, used) = (Host.Store.CommittedAsync(commit => commit.Key.IsApiKey), Now);

        Host.ApiKeys.Touch(issued.Key.Id);
        Host.ApiKeys.Touch(issued.Key.Id);
        Host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty((await noted).Outbox);
        Assert.Equal(used, Ok(await Host.ApiKeys.GetAsync(Tenant, issued.Key.Id)).LastUsedAt);
        Assert.NotNull(await FindAsync(issued.Token));
    }

    private async Task TwoTenantsAsync()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        await RoleAsync("reader", "invoices:read");
        Ok(await Host.Roles.CreateAsync(Acme, new RoleDraft { Name = "reader", Permissions = ["invoices:read"] }, Admin));
    }

    private static bool Same(ApiKey one, ApiKey other) => one.Id == other.Id && one.Name == other.Name && one.Roles.SequenceEqual(other.Roles)
        && one.Tenants.SequenceEqual(other.Tenants) && (one.CreatedAt, one.CreatedBy, one.ExpiresAt) == (other.CreatedAt, other.CreatedBy, other.ExpiresAt);

    private Task<IssuedKey> CreateAsync() => CreateAsync(new("usual") { Roles = ["reader"], Tenants = [Tenant] });

    private async Task<IssuedKey> CreateAsync(ApiKeyDraft draft) => Ok(await Host.ApiKeys.CreateAsync(Tenant, draft, Admin));

    private async Task<OpenedKey?> FindAsync(string token)
    {
        var found = await Host.ApiKeys.FindAsync(token);
        Assert.Null(found.Error);
        return found.Value;
    }
}
