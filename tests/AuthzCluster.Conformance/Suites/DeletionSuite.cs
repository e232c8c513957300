using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>The end of a role, wherever it is cut off.</summary>
public abstract class DeletionSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Delete_NoHolders_RoleAndItsEdgesAreGone()
    {
        await RoleAsync("parent", "invoices:read");
        await RoleAsync("child");
        Ok(await Host.Roles.PutParentAsync(Tenant, "child", new ParentDraft("parent"), null, Admin));
        Ok(await AssignAsync("alice", "child"));
        Assert.True(await MayAsync("alice", "invoices:read"));

        Ok(await Host.Roles.DeleteAsync(Tenant, "parent", false, null, Admin));

        Assert.False(await MayAsync("alice", "invoices:read"));
        Assert.Empty(Ok(await Host.Roles.GetAsync(Tenant, "child")).Role.Parents);
        Refused(ErrorCode.RoleNotFound, await Host.Roles.DeleteAsync(Tenant, "parent", false, null, Admin));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:finance")]
    public async Task Delete_Held_IsRefusedAndTheRoleStays(string holder)
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync(holder, "reader", from: Now.AddHours(1)));
        var before = Ok(await Host.Roles.GetAsync(Tenant, "reader")).Role;

        Refused(ErrorCode.RoleInUse, await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
        Assert.Equal(before, Ok(await Host.Roles.GetAsync(Tenant, "reader")).Role);
    }

    [Fact]
    public async Task Delete_OnlyEndedHoldings_IsDoneAndTheEndsAreTold()
    {
        await RoleAsync("reader", "invoices:read");
        for (var i = 0; i < 70; i++)
        {
            Ok(await AssignAsync($"user{i}", "reader", Now.AddMilliseconds(1)));
        }
        Host.Time.Advance(TimeSpan.FromMilliseconds(1));

        Ok(await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
        Assert.Equal(70, (await AuditAsync("role.expired")).Count);
        Assert.Empty(await AuditAsync("role.revoked"));
    }

    [Fact]
    public async Task Delete_WrongVersionOrSystemRole_IsRefused()
    {
        await RoleAsync("reader");
        Refused(ErrorCode.PreconditionFailed, await Host.Roles.DeleteAsync(Tenant, "reader", false, 7, Admin));
        Refused(ErrorCode.SystemRoleProtected, await Host.Roles.DeleteAsync(Tenant, "viewer", true, null, Admin));
        Ok(await Host.Roles.DeleteAsync(Tenant, "reader", false, 1, Admin));
    }

    [Fact]
    public async Task DeleteForced_ManyHoldersAndTeams_RevokesEachAndRemovesTheRole()
    {
        const int count = 200;
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("other", "orders:read");
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => AssignAsync($"user{i}", "reader")));
        Ok(await AssignAsync("user7", "other"));
        Ok(await AssignAsync("team:finance", "reader"));

        Ok(await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));

        var revoked = await AuditAsync("role.revoked");
        Assert.Equal(count + 1, revoked.Count);
        Assert.All(revoked, record => Assert.Equal("user:admin", record.Actor));
        Assert.Equal("role.deleted", (await AuditAsync())[^1].Entry.Action);
        Assert.False(await MayAsync("user7", "invoices:read"));
        Assert.True(await MayAsync("user7", "orders:read"));
    }

    [Fact]
    public async Task DeleteForced_CutOffAtEachCommit_IsCompletedOrUndoneAfterTheRestart()
    {
        var stages = new HashSet<bool>();
        for (var step = 1; ; step++)
        {
            var role = await RoleAsync("reader", "invoices:read");
            for (var i = 0; i < 3; i++)
            {
                Ok(await AssignAsync($"user{i}", "reader"));
            }
            Ok(await AssignAsync("team:finance", "reader"));
            if (!await CutOffAsync(role, step, force: true))
            {
                break;
            }
            var isGone = !(await Host.Roles.GetAsync(Tenant, "reader")).IsOk;
            stages.Add(isGone);
            var holders = Enumerable.Range(0, 3).Select(i => MayAsync($"user{i}", "invoices:read"));
            Assert.All(await Task.WhenAll(holders), may => Assert.Equal(!isGone, may));
            if (!isGone)
            {
                Ok(await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
            }
            Assert.All(await HoldersOfAllAsync(), view => Assert.NotEqual(AssignmentStatus.Active, view));
        }
        // Both were seen: cut off before the tombstone, and after it.
        Assert.Equal(2, stages.Count);
    }

    [Fact]
    public async Task DeleteForced_ManyHoldersCutOff_DueWorkRevokesThemAll()
    {
        const int count = 150;
        var role = await RoleAsync("reader", "invoices:read");
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => AssignAsync($"user{i}", "reader")));
        Assert.True(await CutOffAsync(role, 5, force: true));

        Assert.Equal(count, (await AuditAsync("role.revoked")).Count);
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "reader"));
    }

    [Fact]
    public async Task Delete_CutOffAtEachCommit_RoleIsThereWholeOrGone()
    {
        for (var step = 1; ; step++)
        {
            var role = await RoleAsync("reader", "invoices:read");
            if (!await CutOffAsync(role, step, force: false))
            {
                break;
            }
            if ((await Host.Roles.GetAsync(Tenant, "reader")).IsOk)
            {
                Ok(await AssignAsync("alice", "reader"));
                Assert.True(await MayAsync("alice", "invoices:read"));
                Ok(await RevokeAsync("alice", "reader"));
                Ok(await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_OutcomeOfTheTombstoneUnknown_DueWorkLooksAtWhatIsStored(bool force)
    {
        var role = await RoleAsync("reader", "invoices:read");
        if (force)
        {
            Ok(await AssignAsync("alice", "reader"));
        }
        Host.Store.FailCommits(commit => commit.Key == ActorKey.Of(Tenant) ? CommitFault.FailAfter : CommitFault.None);
        Refused(ErrorCode.Unavailable, await Host.Roles.DeleteAsync(Tenant, "reader", force, null, Admin));
        var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant, role) && commit.State is null);
        Host.Store.Heal();

        while (!ended.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        // Forced: gone. Not forced: as it was. Never a tombstone for ever, which keeps the name.
        Assert.Equal(!force, (await Host.Roles.GetAsync(Tenant, "reader")).IsOk);
        Assert.Equal(force, (await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "reader" }, Admin)).IsOk);
    }

    /// <summary>Deletes, dies after the <paramref name="step"/>th commit and starts again. False: it never came to that commit.</summary>
    private async Task<bool> CutOffAsync(RoleId role, int step, bool force)
    {
        var left = step;
        Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None);
        var deleted = await Host.Roles.DeleteAsync(Tenant, "reader", force, null, Admin);
        if (deleted.IsOk)
        {
            Host.Store.Heal();
            return false;
        }
        Refused(ErrorCode.Unavailable, deleted);
        var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant, role) && commit.State is null);
        var isRemoved = Volatile.Read(ref left) <= 0 && Host.Store.LastCommit is { State: null } last && last.Key == ActorKey.Of(Tenant, role);
        await Host.CrashAndRestartAsync();
        if (!isRemoved)
        {
            await ended;
        }
        return true;
    }

    private async Task<IEnumerable<AssignmentStatus>> HoldersOfAllAsync()
    {
        var statuses = new List<AssignmentStatus>();
        foreach (var principal in new[] { "user0", "user1", "user2", "team:finance" })
        {
            var held = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Parse(principal), null, true));
            statuses.AddRange(held.Select(view => view.Status));
        }
        return statuses;
    }
}
