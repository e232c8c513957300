using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Cases;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Who may administer, where time and other callers come in between. What case files can say is said there.</summary>
public abstract class AdministrationSuite(IHostFixture host) : HostSuite(host)
{
    private const string Forbidden = "forbidden";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SubjectId Mallory = SubjectId.User("mallory");

    private static readonly Dictionary<string, AdminAct> OnTheModel = new()
    {
        ["create"] = new AdminAct.CreateRole(new RoleDraft { Name = "made", Permissions = ["invoices:read"] }),
        ["edit"] = new AdminAct.AddPermission("open", "invoices:read"),
        ["delete"] = new AdminAct.DeleteRole("open", false),
        ["assign"] = new AdminAct.Assign("clerk", new AssignmentDraft(SubjectId.Team("red"))),
        ["revoke"] = new AdminAct.Revoke("clerk", SubjectId.Team("blue"), null),
        ["import"] = new AdminAct.ImportRoles([new RoleDraft { Name = "open", Permissions = ["invoices:read"] }], []),
    };

    private static readonly Dictionary<string, AdminAct> OnASubject = new()
    {
        ["assign"] = new AdminAct.Assign("clerk", new AssignmentDraft(Mallory)),
        ["revoke"] = new AdminAct.Revoke("open", Mallory, null),
        ["join"] = new AdminAct.JoinTeam("empty", Mallory),
        ["leave"] = new AdminAct.LeaveTeam("full", Mallory),
    };

    [Theory]
    [InlineData("create")]
    [InlineData("edit")]
    [InlineData("delete")]
    [InlineData("assign")]
    [InlineData("revoke")]
    [InlineData("import")]
    public Task Write_OfTheModelWhoseCallerLostTheRightInLine_IsRefused(string act) => WaitsInLineAsync(
        OnTheModel[act], ActorKey.Of(Tenant), () => Host.Roles.AddPermissionAsync(Tenant, "blocker", "orders:read", null, Admin));

    [Theory]
    [InlineData("assign")]
    [InlineData("revoke")]
    [InlineData("join")]
    [InlineData("leave")]
    public Task Write_OfASubjectWhoseCallerLostTheRightInLine_IsRefused(string act) =>
        WaitsInLineAsync(OnASubject[act], ActorKey.Of(Tenant, Mallory), () => AssignAsync("mallory", "blocker"));

    [Fact]
    public async Task UpdateTenant_WhoseCallerLostTheRightInLine_IsRefused()
    {
        var keeper = new RoleDraft { Name = "keeper", Permissions = ["authz.tenants:*"] };
        Ok(await Host.Roles.CreateAsync(TenantId.System, keeper, Admin));
        Ok(await AssignInAsync(TenantId.System, "bob", "keeper"));
        var patch = new TenantPatch { DisplayName = "mine" };
        Refused(ErrorCode.Forbidden, await Host.Tenants.UpdateAsync(Tenant, patch, null, Bob() with { ReachesSystem = false }));
        Refused(ErrorCode.Forbidden, await Host.Tenants.CreateAsync(new TenantId("other"), patch, new Caller(Mallory, "m") { ReachesSystem = true }));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == ActorKey.Of(Tenant));
        var blocking = Host.Tenants.UpdateAsync(Tenant, new TenantPatch { DisplayName = "first" }, null, Bob());
        await reached.Task;
        var waiting = Host.Tenants.UpdateAsync(Tenant, patch, null, Bob());
        Ok(await Host.Assignments.RevokeAsync(TenantId.System, "keeper", Bob().Principal, null, Admin));
        proceed.SetResult();

        Ok(await blocking);
        Refused(ErrorCode.Forbidden, await waiting);
        Refused(ErrorCode.Forbidden, await Host.Tenants.UpdateAsync(TenantId.System, patch, null, Bob()));
        Assert.Equal("first", Ok(await Host.Tenants.GetAsync(Tenant)).DisplayName);
    }

    [Fact]
    public async Task Revoke_TwoAdministratorsOfEachOther_EndsWithoutWaitingForEver()
    {
        for (var round = 0; round < 15; round++)
        {
            Ok(await AssignAsync("ann", "tenant_admin"));
            Ok(await AssignAsync("bob", "tenant_admin"));
            var results = await Task.WhenAll(
                Task.Run(() => Host.Assignments.RevokeAsync(Tenant, "tenant_admin", SubjectId.User("bob"), null, Of("ann"))),
                Task.Run(() => Host.Assignments.RevokeAsync(Tenant, "tenant_admin", SubjectId.User("ann"), null, Of("bob")))).WaitAsync(Patience);

            Assert.Contains(results, result => result.IsOk);
            Assert.All(results.Where(result => !result.IsOk), result => Refused(ErrorCode.Forbidden, result));
            await RevokeAsync("ann", "tenant_admin");
            await RevokeAsync("bob", "tenant_admin");
        }
    }

    [Fact]
    public async Task Writes_OfColdCallersToEachOtherInColdTenants_AllEnd()
    {
        const int callers = 24;
        TenantId[] tenants = [Tenant, TenantId.System, new TenantId("third")];
        Ok(await Host.Tenants.CreateAsync(tenants[2], new TenantPatch(), Admin));
        for (var i = 0; i < callers; i++)
        {
            // Some are known in `system` alone.
            foreach (var tenant in tenants.Where(tenant => i % 3 > 0 || tenant == TenantId.System))
            {
                Ok(await AssignInAsync(tenant, $"c{i}", tenant == TenantId.System ? "super_admin" : "tenant_admin"));
            }
        }
        for (var round = 0; round < 4; round++)
        {
            await Host.RestartAsync();
            var writes = Enumerable.Range(0, callers).SelectMany(i => tenants.SelectMany(tenant => new Func<Task<AuthzError?>>[]
            {
                async () => (await Host.Assignments.AssignAsync(tenant, "viewer", new AssignmentDraft(SubjectId.User($"c{(i + 1) % callers}")), Of($"c{i}"))).Error,
                async () => (await Host.Assignments.JoinTeamAsync(tenant, $"t{round}", SubjectId.User($"c{(i + 2) % callers}"), Of($"c{i}"))).Error,
                async () => (await Host.Roles.CreateAsync(tenant, new RoleDraft { Name = $"r{round}-{i}" }, Of($"c{i}"))).Error,
                async () => (await Host.Tenants.UpdateAsync(tenant, new TenantPatch { DisplayName = $"by {i}" }, null, Of($"c{i}"))).Error,
            }));
            var errors = await Task.WhenAll(writes.Select(Task.Run)).WaitAsync(Patience);

            Assert.All(errors, Assert.Null);
        }
    }

    [Fact]
    public async Task SuperAdmin_OfSystemByAnythingButTheBuiltInRoleItself_AdministersNoOtherTenant()
    {
        await AssertAdministersAsync("scoped", false, () => Host.Assignments.AssignAsync(
            TenantId.System, "super_admin", new AssignmentDraft(SubjectId.User("scoped")) { Scope = AttributeBag.Of(("region", AttributeValue.Of("eu"))) }, Admin));
        await AssertAdministersAsync("plain", true, () => AssignInAsync(TenantId.System, "plain", "super_admin"));
        await AssertAdministersAsync("lower", false, () => AssignInAsync(TenantId.System, "lower", "tenant_admin"));
        await AssertAdministersAsync("late", false, () => AssignInAsync(TenantId.System, "late", "super_admin", from: Now.AddHours(1)));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.CreateRole(new RoleDraft { Name = "x" }), Of("plain") with { ReachesSystem = false }));

        // A role of that id, made where the pack is not.
        var copy = new RoleDraft { Id = "role_super_admin", Name = "sham" };
        if ((await Host.Tenants.UpdateAsync(TenantId.System, new TenantPatch { Packs = [] }, null, Admin)).IsOk)
        {
            Ok(await Host.Roles.CreateAsync(TenantId.System, copy, Admin));
            await AssertAdministersAsync("sham", false, () => AssignInAsync(TenantId.System, "sham", "role_super_admin"));
        }
    }

    [Fact]
    public async Task Credential_NarrowedToSomePermissions_DoesOnlyWhatTheyCover()
    {
        Ok(await AssignAsync("ann", "super_admin"));
        await RoleAsync("clerk", "invoices:read");
        await RoleAsync("other", "orders:read");
        var narrow = Of("ann") with { NarrowedTo = [Permission.Parse("authz.assignments:*"), Permission.Parse("invoices:*")] };

        Assert.Equal("ok", await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.Assign("clerk", new AssignmentDraft(Mallory)), narrow));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.Assign("other", new AssignmentDraft(Mallory)), narrow));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.Assign("super_admin", new AssignmentDraft(Mallory)), narrow));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.CreateRole(new RoleDraft { Name = "x" }), narrow));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.JoinTeam("red", Mallory), narrow));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportAssignments_RowsThatTheCallerMayNotGive_FailAlone(bool dryRun)
    {
        await RoleAsync("clerk", "invoices:read");
        await RoleAsync("other", "orders:read");
        await RoleAsync("desk", "authz.model:import", "invoices:read");
        Ok(await AssignAsync("bob", "desk"));
        AssignmentRow[] rows =
        [
            new("clerk", new(Mallory)), new("other", new(Mallory)), new("clerk", new(SubjectId.Team("red"))), new("other", new(SubjectId.Team("red"))),
        ];
        var report = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun, Bob()));

        Assert.Equal([RowStatus.Created, RowStatus.Failed, RowStatus.Created, RowStatus.Failed], report.Rows.Select(row => row.Status));
        Assert.All(report.Rows.Where(row => row.Status == RowStatus.Failed), row => Assert.Equal(ErrorCode.Forbidden, row.Error?.Code));
        Assert.Equal(dryRun ? 0 : 2, (await HoldersAsync("clerk")).Count);
        Assert.Empty(await HoldersAsync("other"));
    }

    [Fact]
    public async Task Registry_WithoutItsRights_IsRefusedInTheTurn()
    {
        await RoleAsync("adder", "authz.permissions:create");
        await RoleAsync("remover", "authz.permissions:delete");
        Ok(await AssignAsync("ann", "adder"));
        Ok(await AssignAsync("bob", "remover"));

        Refused(ErrorCode.Forbidden, await Host.Permissions.RegisterAsync(Tenant, "invoices:read", null, Bob()));
        Ok(await Host.Permissions.RegisterAsync(Tenant, "invoices:read", null, Of("ann")));
        Refused(ErrorCode.Forbidden, await Host.Permissions.RemoveAsync(Tenant, Permission.Parse("invoices:read"), Of("ann")));
        Ok(await Host.Permissions.RemoveAsync(Tenant, Permission.Parse("invoices:read"), Bob()));
    }

    [Fact]
    public async Task DeleteTenant_ByWhoAdministersOnlyIt_IsRefusedInTheTurn()
    {
        var other = new TenantId("other");
        Ok(await Host.Tenants.CreateAsync(other, new TenantPatch(), Admin));
        Ok(await AssignInAsync(other, "ann", "super_admin"));
        Ok(await AssignInAsync(TenantId.System, "bob", "super_admin"));

        Refused(ErrorCode.Forbidden, await Host.Tenants.DeleteAsync(other, null, Of("ann")));
        Refused(ErrorCode.Forbidden, await Host.Tenants.DeleteAsync(other, null, Bob() with { ReachesSystem = false }));
        Assert.Equal(other, Ok(await Host.Tenants.GetAsync(other)).Id);
        Ok(await Host.Tenants.DeleteAsync(other, null, Bob()));
    }

    [Fact]
    public async Task Write_WithoutTheRight_TellsNothingOfWhatIsThere()
    {
        await RoleAsync("clerk", "invoices:read");
        Ok(await AssignAsync("team:blue", "clerk"));
        var nobody = Of("nobody");

        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.CreateRole(new RoleDraft { Name = "clerk" }), nobody));
        Assert.Equal(Forbidden, await new AdminPorts(Host, Tenant).TryAsync(new AdminAct.Assign("clerk", new AssignmentDraft(SubjectId.Team("blue"))), nobody));
        Refused(ErrorCode.Forbidden, await Host.Permissions.RemoveAsync(Tenant, Permission.Parse("none:such"), nobody));
    }

    [Fact]
    public async Task TenantUpdate_OfSystemByACredentialThatIsNotForIt_IsRefused()
    {
        Ok(await Host.Assignments.AssignAsync(TenantId.System, "super_admin", new AssignmentDraft(SubjectId.User("root")), Admin));
        var patch = new TenantPatch { DisplayName = "x" };

        Refused(ErrorCode.Forbidden, await Host.Tenants.UpdateAsync(TenantId.System, patch, null, Of("root") with { ReachesSystem = false }));
        Ok(await Host.Tenants.UpdateAsync(TenantId.System, patch, null, Of("root")));
    }

    private static Caller Of(string user) => new(SubjectId.User(user), "request-2") { ReachesSystem = true };

    private static Caller Bob() => Of("bob");

    private async Task AssertAdministersAsync<T>(string user, bool expected, Func<Task<Result<T>>> give)
    {
        Ok(await give());
        var act = new AdminAct.CreateRole(new RoleDraft { Name = $"made-by-{user}" });
        Assert.Equal(expected ? "ok" : Forbidden, await new AdminPorts(Host, Tenant).TryAsync(act, Of(user)));
    }

    /// <summary>Bob's write waits behind another of the same actor; meanwhile he loses the right to it, and nothing else.</summary>
    private async Task WaitsInLineAsync<T>(AdminAct act, ActorKey actor, Func<Task<Result<T>>> block)
    {
        await RoleAsync("office", "authz.roles:*", "authz.assignments:*", "authz.teams:*", "authz.model:*");
        await RoleAsync("clerk", "invoices:read");
        await RoleAsync("open");
        await RoleAsync("blocker");
        if (act is not AdminAct.DeleteRole)
        {
            Ok(await AssignAsync("mallory", "open"));
        }
        Ok(await AssignAsync("team:blue", "clerk"));
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "full", Mallory, Admin));
        Ok(await AssignAsync("bob", "clerk"));
        Ok(await AssignAsync("bob", "office"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == actor);
        var blocking = Task.Run(block);
        await reached.Task;
        var waiting = new AdminPorts(Host, Tenant).TryAsync(act, Bob());
        Ok(await RevokeAsync("bob", "office"));
        proceed.SetResult();

        Ok(await blocking);
        Assert.Equal(Forbidden, await waiting.WaitAsync(Patience));
        // It was the right that was missing, and nothing else.
        Ok(await AssignAsync("bob", "office"));
        Assert.Equal("ok", await new AdminPorts(Host, Tenant).TryAsync(act, Bob()));
    }
}
