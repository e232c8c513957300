using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Separation of duty: nobody comes to hold what a constraint keeps apart, by whatever way.</summary>
public abstract class SeparationSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Assign_SecondOfTwo_IsRefusedAndNamesTheConstraint()
    {
        await ApartAsync();
        Ok(await AssignAsync("alice", "a"));
        var refused = await AssignAsync("alice", "b");

        Refused(ErrorCode.RoleConflict, refused);
        var holder = Assert.Single(refused.Error!.Holders);
        Assert.Equal((SubjectId.User("alice"), "k", 1), (holder.Principal, holder.Constraint, refused.Error.HolderCount));
        Assert.Equal(["a", "b"], holder.Roles);
        Assert.Empty(await HoldersAsync("b"));
        Ok(await AssignAsync("alice", "c"));
        Ok(await AssignAsync("bob", "b"));
        Ok(await RevokeAsync("alice", "a"));
        Ok(await AssignAsync("alice", "b"));
    }

    [Fact]
    public async Task Assign_WhatCountsAsBothByInheritance_IsRefused()
    {
        await ApartAsync();
        await HeirAsync("heir", "b", InheritanceType.Partial);
        await HeirAsync("heir of heir", "heir", InheritanceType.Conditional);
        await HeirAsync("by name only", "b", InheritanceType.None);
        await HeirAsync("both", "a", InheritanceType.Full, "b");
        Ok(await AssignAsync("alice", "a"));

        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "heir of heir"));
        Ok(await AssignAsync("alice", "by name only"));
        Refused(ErrorCode.RoleConflict, await AssignAsync("bob", "both"));
    }

    [Fact]
    public async Task Assign_WhatIsNotInForceNow_CountsUntilItHasEnded()
    {
        await ApartAsync();
        Ok(await AssignAsync("later", "a", from: Now.AddHours(1)));
        var scoped = Ok(await Host.Assignments.AssignAsync(
            Tenant, "a", new AssignmentDraft(SubjectId.User("scoped")) { Scope = Bag("site", "north") }, Admin)).Assignment;
        Ok(await Host.Assignments.PatchAsync(Tenant, scoped.Id, new AssignmentPatch { IsActive = false }, Admin));
        Ok(await AssignAsync("short", "a", until: Now.AddMinutes(1)));
        foreach (var user in new[] { "later", "scoped", "short" })
        {
            Refused(ErrorCode.RoleConflict, await AssignAsync(user, "b"));
        }
        Host.Time.Advance(TimeSpan.FromMinutes(2));
        Ok(await AssignAsync("short", "b"));
    }

    [Fact]
    public async Task Teams_WhatTheyHold_CountsForTheirMembers()
    {
        await ApartAsync();
        Ok(await AssignAsync("team:red", "a"));
        Ok(await AssignAsync("team:blue", "b"));
        Ok(await JoinAsync("red", "alice"));
        Refused(ErrorCode.RoleConflict, await JoinAsync("blue", "alice"));
        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "b"));
        Assert.Equal(["red"], Ok(await Host.Assignments.ListTeamsAsync(Tenant, SubjectId.User("alice"))));

        Ok(await JoinAsync("green", "alice"));
        Ok(await JoinAsync("green", "bob"));
        var refused = await AssignAsync("team:green", "b");
        Refused(ErrorCode.RoleConflict, refused);
        Assert.Equal([SubjectId.User("alice")], refused.Error!.Holders.Select(holder => holder.Principal));
        Assert.DoesNotContain(await HoldersAsync("b"), view => view.Principal == SubjectId.Team("green"));
        Ok(await Host.Assignments.LeaveTeamAsync(Tenant, "red", SubjectId.User("alice"), Admin));
        Ok(await AssignAsync("team:green", "b"));
    }

    [Fact]
    public async Task Constraint_BrokenByHolders_IsRefusedAndNamesThem()
    {
        await RolesAsync();
        for (var i = 0; i < 130; i++)
        {
            Ok(await AssignAsync($"user{i}", "a"));
            Ok(await AssignAsync($"user{i}", "b"));
        }
        Ok(await AssignAsync("other", "a"));
        var refused = await CreateAsync("k", 1, "a", "b");

        Refused(ErrorCode.RoleConflict, refused);
        Assert.Equal((100, 130), (refused.Error!.Holders.Count, refused.Error.HolderCount));
        Refused(ErrorCode.NotFound, await Host.Constraints.GetAsync(Tenant, "k"));
        // What was in force while it was looked at is so no more.
        Ok(await AssignAsync("other", "b"));
        Ok(await CreateAsync("k", 2, "a", "b", "c"));
        Refused(ErrorCode.RoleConflict, await AssignAsync("other", "c"));
    }

    [Fact]
    public async Task Change_ThatPutsAHolderInConflict_IsRefusedWhateverItIs()
    {
        await ApartAsync();
        await RoleAsync("d");
        Ok(await AssignAsync("alice", "a"));
        Ok(await AssignAsync("alice", "d"));
        var before = Ok(await Host.Transfer.ExportModelAsync(Tenant));

        Refused(ErrorCode.RoleConflict, await Host.Roles.PutParentAsync(Tenant, "d", new ParentDraft("b"), null, Admin));
        Refused(ErrorCode.RoleConflict, await Host.Roles.ReplaceAsync(Tenant, "d", new RoleDraft { Name = "d", Parents = [new ParentDraft("b")] }, null, Admin));
        var import = new ModelImport([new RoleDraft { Name = "d", Parents = [new ParentDraft("b")] }]);
        Refused(ErrorCode.RoleConflict, await Host.Transfer.ImportModelAsync(Tenant, import, dryRun: true, Admin));
        Refused(ErrorCode.RoleConflict, await Host.Transfer.ImportModelAsync(Tenant, import, dryRun: false, Admin));
        var constraint = new ModelImport([]) { Constraints = [new ConstraintDraft { Name = "n", Roles = ["d", "a"], Max = 1 }] };
        Refused(ErrorCode.RoleConflict, await Host.Transfer.ImportModelAsync(Tenant, constraint, dryRun: false, Admin));

        var after = Ok(await Host.Transfer.ExportModelAsync(Tenant));
        Assert.Equal(before with { SeparationEpoch = after.SeparationEpoch }, after);
        Ok(await RevokeAsync("alice", "a"));
        Ok(await Host.Roles.PutParentAsync(Tenant, "d", new ParentDraft("b"), null, Admin));
        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "a"));
    }

    [Fact]
    public async Task Constraint_OfARoleThatIsDeleted_LosesItAndEndsWhereItAllowsTheRest()
    {
        await RolesAsync();
        Ok(await CreateAsync("two", 1, "a", "b"));
        Ok(await CreateAsync("three", 1, "a", "b", "c"));
        Ok(await Host.Roles.DeleteAsync(Tenant, "b", false, null, Admin));

        var left = Assert.Single(Ok(await Host.Constraints.ListAsync(Tenant, null, 10)).Items);
        Assert.Equal(("three", 2), (left.Id, left.Roles.Length));
        Ok(await AssignAsync("alice", "a"));
        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "c"));
        Ok(await Host.Constraints.DeleteAsync(Tenant, "three", Admin));
        Ok(await AssignAsync("alice", "c"));
        Refused(ErrorCode.NotFound, await Host.Constraints.DeleteAsync(Tenant, "three", Admin));
        Assert.Equal(["two", "three"], (await AuditAsync("constraint.deleted")).Select(record => record.Entry.TargetId));
        Assert.Equal(["three"], (await AuditAsync("constraint.updated")).Select(record => record.Entry.TargetId));
    }

    [Fact]
    public async Task Import_OfAssignments_RefusesTheRowsInConflictAlone()
    {
        await ApartAsync();
        var rows = new[] { "a", "b", "c" }.Select(role => new AssignmentRow(role, new AssignmentDraft(SubjectId.User("alice")))).ToArray();
        foreach (var isDryRun in new[] { true, false })
        {
            var report = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, isDryRun, Admin));
            Assert.Equal([null, ErrorCode.RoleConflict, null], report.Rows.Select(row => row.Error?.Code));
        }
        Assert.Empty(await HoldersAsync("b"));
    }

    [Fact]
    public async Task Create_BadConstraint_NamesEachPlace()
    {
        await RolesAsync();
        var refused = await Host.Constraints.CreateAsync(Tenant, new ConstraintDraft { Name = "", Roles = ["a", "a", "nobody"], Max = 3 }, Admin);
        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal(["name", "max", "roles[1]", "roles[2]"], refused.Error!.Fields.Select(field => field.Field));
        Ok(await CreateAsync("k", 1, "a", "b"));
        Refused(ErrorCode.InvalidState, await CreateAsync("k", 1, "b", "c"));
        Refused(ErrorCode.Forbidden, await Host.Constraints.CreateAsync(
            Tenant, new ConstraintDraft { Name = "n", Roles = ["a", "b"], Max = 1 }, new Caller(SubjectId.User("nobody"), "r")));
        Refused(ErrorCode.Forbidden, await Host.Constraints.DeleteAsync(Tenant, "k", new Caller(SubjectId.User("nobody"), "r")));
    }

    [Fact]
    public async Task Crash_WhileHoldersAreLookedAt_TakesItBack()
    {
        await RolesAsync();
        Ok(await AssignAsync("alice", "a"));
        Host.Store.FailCommits(commit => commit.Key.IsTenant ? CommitFault.DieAfter : CommitFault.None);
        Refused(ErrorCode.Unavailable, await CreateAsync("k", 1, "a", "b"));
        Host.Store.Heal();
        var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant));
        await Host.CrashAndRestartAsync();

        Host.Time.Advance(TimeSpan.FromSeconds(10));
        await ended;
        // A turn behind the one that committed: what that announces is everywhere then.
        Refused(ErrorCode.NotFound, await Host.Constraints.DeleteAsync(Tenant, "k", Admin));
        Ok(await AssignAsync("alice", "b"));
        Assert.Null(Ok(await Host.Transfer.ExportModelAsync(Tenant)).Checking);
    }

    protected async Task RolesAsync()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Id = name, Name = name }, Admin));
        }
    }

    protected async Task ApartAsync()
    {
        await RolesAsync();
        Ok(await CreateAsync("k", 1, "a", "b"));
    }

    protected Task<Result<SeparationConstraint>> CreateAsync(string id, int max, params string[] roles) =>
        Host.Constraints.CreateAsync(Tenant, new ConstraintDraft { Id = id, Name = id, Roles = roles, Max = max }, Admin);

    protected Task<Result<bool>> JoinAsync(string team, string user) => Host.Assignments.JoinTeamAsync(Tenant, team, SubjectId.User(user), Admin);

    private async Task HeirAsync(string name, string parent, InheritanceType type, params string[] more)
    {
        var edge = new ParentDraft(parent, type)
        {
            Permissions = type == InheritanceType.Partial ? ["x:read"] : [],
            Conditions = type == InheritanceType.Conditional ? [new("expression", AttributeBag.Of(("text", AttributeValue.Of("1 = 1"))))] : [],
        };
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = name, Parents = [edge, .. more.Select(role => new ParentDraft(role))] }, Admin));
    }
}
