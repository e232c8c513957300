using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Assignments that are suspended, resumed, prolonged and shortened, and the lists that tell of them.</summary>
public abstract class PatchSuite(IHostFixture host) : HostSuite(host)
{
    private static readonly AssignmentPatch Suspend = new() { IsActive = false, Reason = "away" }, Resume = new() { IsActive = true };

    [Theory]
    [InlineData("alice")]
    [InlineData("service:alice")]
    [InlineData("team:blue")]
    public async Task Patch_SuspendThenResume_CountsAtOnceAndOutlastsARestart(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        var asker = principal.StartsWith("service", StringComparison.Ordinal) ? principal : "alice";
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("alice"), Admin));
        var id = Ok(await AssignAsync(principal, "reader", Now.AddHours(1))).Assignment.Id;

        var suspended = Ok(await PatchAsync(id, Suspend));
        Assert.Equal((AssignmentStatus.Suspended, SubjectId.Parse(principal), "reader"), (suspended.Status, suspended.Principal, suspended.RoleName));
        Assert.False(await MayAsync(asker, "invoices:read"));
        await Host.RestartAsync();
        Assert.False(await MayAsync(asker, "invoices:read"));
        // In use still.
        Refused(ErrorCode.RoleInUse, await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
        Assert.Equal(id, Assert.Single(await HoldersAsync("reader")).Assignment.Id);

        Assert.Equal(AssignmentStatus.Active, Ok(await PatchAsync(id, Resume)).Status);
        Assert.True(await MayAsync(asker, "invoices:read"));
        var told = await AuditAsync("role.assignment.updated");
        Assert.Equal(["away", null], told.Select(record => record.Entry.Reason));
        Assert.All(told, record => Assert.Equal("user:admin", record.Actor));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task Patch_Prolonged_ExpiresAtTheNewEndOnly(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("alice"), Admin));
        var id = Ok(await AssignAsync(principal, "reader", Now.AddHours(1))).Assignment.Id;

        Ok(await PatchAsync(id, new() { ExpiresAt = new(Now.AddHours(3)) }));
        Host.Time.Advance(TimeSpan.FromHours(2));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Ok(await PatchAsync(id, new() { ExpiresAt = new(Now.AddMinutes(1)) }));
        Host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await MayAsync("alice", "invoices:read"));
        Refused(ErrorCode.InvalidState, await PatchAsync(id, new() { ExpiresAt = new(null) }));
        Assert.Equal(AssignmentStatus.Expired, Ok(await Host.Assignments.GetAsync(Tenant, id)).Status);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task Patch_NoChange_IsNotAudited(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        var given = Ok(await AssignAsync(principal, "reader")).Assignment;

        Assert.Equal(given, Ok(await PatchAsync(given.Id, new())).Assignment);
        Assert.Equal(given, Ok(await PatchAsync(given.Id, Resume)).Assignment);

        Assert.Empty(await AuditAsync("role.assignment.updated"));
        Refused(ErrorCode.ValidationFailed, await PatchAsync(given.Id, new() { StartsAt = new(Now), ExpiresAt = new(Now) }));
        Refused(ErrorCode.AssignmentNotFound, await PatchAsync("unknown", new()));
        Refused(ErrorCode.AssignmentNotFound, await Host.Assignments.GetAsync(Tenant, "unknown"));
        Refused(ErrorCode.TenantNotFound, await Host.Assignments.GetAsync(new("nowhere"), given.Id));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task Patch_Revoked_IsInvalidAndFoundUntilItLeavesTheHistory(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        var id = Ok(await AssignAsync(principal, "reader")).Assignment.Id;
        Ok(await RevokeAsync(principal, "reader"));
        await Host.RestartAsync();

        Refused(ErrorCode.InvalidState, await PatchAsync(id, Resume));
        Assert.Equal(AssignmentStatus.Revoked, Ok(await Host.Assignments.GetAsync(Tenant, id)).Status);
        for (var i = 0; i < SubjectAssignments.HistoryLimit; i++)
        {
            Ok(await AssignAsync(principal, "reader"));
            Ok(await RevokeAsync(principal, "reader"));
        }

        Refused(ErrorCode.AssignmentNotFound, await PatchAsync(id, Resume));
        Refused(ErrorCode.AssignmentNotFound, await Host.Assignments.GetAsync(Tenant, id));
        Assert.Equal(SubjectAssignments.HistoryLimit, (await HoldersAsync("reader", new(null, 7) { IncludeInactive = true })).Count);
    }

    [Fact]
    public async Task Patch_ManyAtOnce_EachIsDoneOnce()
    {
        await RoleAsync("reader", "invoices:read");
        var id = Ok(await AssignAsync("alice", "reader")).Assignment.Id;

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () => Ok(await PatchAsync(id, i % 2 == 0 ? Suspend : Resume)))));

        var held = Ok(await Host.Assignments.GetAsync(Tenant, id));
        Assert.Equal(held.Status == AssignmentStatus.Active, await MayAsync("alice", "invoices:read"));
        var states = (await AuditAsync("role.assignment.updated")).Select(record => record.Entry);
        Assert.All(states, entry => Assert.NotEqual(entry.Before, entry.After));
    }

    [Fact]
    public async Task Patch_CutOff_IsDoneWhollyOrNotAtAll()
    {
        await RoleAsync("reader", "invoices:read");
        var id = Ok(await AssignAsync("alice", "reader")).Assignment.Id;
        foreach (var (fault, isDone) in new[] { (CommitFault.FailBefore, false), (CommitFault.DieAfter, true) })
        {
            Host.Store.FailCommits(_ => fault);
            Refused(ErrorCode.Unavailable, await PatchAsync(id, Suspend));
            await Host.CrashAndRestartAsync();
            Host.Store.Heal();
            Assert.Equal(!isDone, await MayAsync("alice", "invoices:read"));
        }
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task Patch_ThatProlongs_CannotPassADeletionOfItsRole(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        var id = Ok(await AssignAsync(principal, "reader", Now.AddHours(1))).Assignment.Id;
        // The tombstone is the first commit of the model, what takes back from a team the second.
        var left = principal == "alice" ? 1 : 2;
        var first = principal == "alice" ? ActorKey.Of(Tenant, SubjectId.User("alice")) : ActorKey.Of(Tenant);
        Host.Store.FailCommits(commit => commit.Key == first && Interlocked.Decrement(ref left) == 0 ? CommitFault.FailBefore : CommitFault.None);
        Refused(ErrorCode.Unavailable, await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
        Host.Store.Heal();

        Refused(ErrorCode.RoleNotFound, await PatchAsync(id, new() { ExpiresAt = new(null) }));
        Ok(await PatchAsync(id, new() { ExpiresAt = new(Now.AddMinutes(1)) }));
    }

    [Fact]
    public async Task Patch_ThatProlongsDecidedBeforeADeletionOfItsRoleCommittedAfter_IsRefused()
    {
        var role = await RoleAsync("reader", "invoices:read");
        var id = Ok(await AssignAsync("alice", "reader", Now.AddHours(1))).Assignment.Id;
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        var patching = Task.Run(() => PatchAsync(id, new() { ExpiresAt = new(null) }));
        await reached.Task;
        var marked = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant));
        var deleting = Task.Run(() => Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
        await marked;
        proceed.SetResult();

        Refused(ErrorCode.RoleNotFound, await patching);
        Ok(await deleting);
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, role.Value));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task Patch_ByOneWhoHoldsLess_MayTakeButNotGive(string principal)
    {
        Condition owner = new("resource_owner", AttributeBag.Empty);
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("editor", "authz.assignments:update");
        await RoleAsync("giver", "authz.assignments:create", "authz.assignments:delete", "invoices:read");
        Ok(await AssignAsync("bob", "editor"));
        Ok(await AssignAsync("carol", "giver"));
        var id = Ok(await Host.Assignments.AssignAsync(Tenant, "reader", new AssignmentDraft(SubjectId.Parse(principal))
        {
            StartsAt = Now.AddMinutes(-1), ExpiresAt = Now.AddHours(1), Conditions = [owner],
        }, Admin)).Assignment.Id;
        AssignmentPatch[] giving = [Resume, new() { StartsAt = new(Now.AddHours(-1)) }, new() { StartsAt = new(null) }, new() { ExpiresAt = new(Now.AddHours(2)) }, new() { ExpiresAt = new(null) }, new() { Conditions = [] }];

        Ok(await ByAsync("bob", Suspend));
        foreach (var patch in giving)
        {
            Refused(ErrorCode.Forbidden, await ByAsync("bob", patch));
        }
        Ok(await ByAsync("bob", new() { ExpiresAt = new(Now.AddMinutes(30)), Reason = "less" }));
        // Who may give and take it, but not change it.
        Refused(ErrorCode.Forbidden, await ByAsync("carol", Suspend with { Reason = "more" }));
        Refused(ErrorCode.Forbidden, await ByAsync("carol", Resume));
        Assert.Equal(AssignmentStatus.Suspended, Ok(await Host.Assignments.GetAsync(Tenant, id)).Status);
        Ok(await AssignAsync("bob", "giver"));
        Ok(await ByAsync("bob", Resume));

        Task<Result<AssignmentView>> ByAsync(string caller, AssignmentPatch patch) =>
            Host.Assignments.PatchAsync(Tenant, id, patch, new Caller(SubjectId.User(caller), "patch"));
    }

    [Fact]
    public async Task ListByRole_EndedAndTypes_PageWithoutGapOrRepeat()
    {
        await RoleAsync("reader", "invoices:read");
        for (var i = 0; i < 12; i++)
        {
            foreach (var type in new[] { "user", "service", "team", "us", "users" })
            {
                Ok(await AssignAsync($"{type}:{i}", "reader"));
                if (i % 3 == 0)
                {
                    Ok(await RevokeAsync($"{type}:{i}", "reader"));
                }
                if (i % 6 == 0)
                {
                    Ok(await AssignAsync($"{type}:{i}", "reader"));
                }
            }
        }
        foreach (var limit in new[] { 1, 2, 7, 100 })
        {
            Assert.Equal(50, await CountAsync(new(null, limit)));
            Assert.Equal(70, await CountAsync(new(null, limit) { IncludeInactive = true }));
            foreach (var type in new[] { "user", "service", "team", "us", "users" })
            {
                Assert.Equal(10, await CountAsync(new(null, limit) { PrincipalType = type }));
                Assert.Equal(14, await CountAsync(new(null, limit) { PrincipalType = type, IncludeInactive = true }));
            }
            Assert.Equal(0, await CountAsync(new(null, limit) { PrincipalType = "use" }));
        }
    }

    private async Task<int> CountAsync(HolderQuery query)
    {
        var views = await HoldersAsync("reader", query);
        Assert.Equal(views.Count, views.Select(view => view.Assignment.Id).Distinct().Count());
        Assert.All(views, view => Assert.True(query.PrincipalType is null || view.Principal.Type == query.PrincipalType));
        return views.Count;
    }

    private Task<Result<AssignmentView>> PatchAsync(string id, AssignmentPatch patch) => Host.Assignments.PatchAsync(Tenant, id, patch, Admin);
}
