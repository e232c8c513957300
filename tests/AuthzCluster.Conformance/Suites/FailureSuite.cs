using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Storage that fails: the caller is told, nothing is half done, evaluations go on from what was committed.</summary>
public abstract class FailureSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Assign_FailsBeforeTheCommit_ChangesNothing()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "viewer"));
        Host.Store.FailCommits(_ => CommitFault.FailBefore);

        Refused(ErrorCode.Unavailable, await AssignAsync("alice", "reader"));
        Assert.False(await MayAsync("alice", "invoices:write"));
        Assert.True(await MayAsync("alice", "anything:read"));
        Assert.NotNull(Host.Health.WriteProblem);

        Host.Store.Heal();
        Ok(await AssignAsync("alice", "reader"));
        Assert.Null(Host.Health.WriteProblem);
        Assert.Equal(2, (await AuditAsync("role.assigned")).Count);
    }

    [Fact]
    public async Task Revoke_OutcomeUnknown_ServesTheLastSnapshotThenRereads()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Host.Store.FailCommits(_ => CommitFault.FailAfter);

        Refused(ErrorCode.Unavailable, await RevokeAsync("alice", "reader"));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.NotNull(Host.Health.WriteProblem);

        Host.Store.Heal();
        Refused(ErrorCode.AssignmentNotFound, await RevokeAsync("alice", "reader"));
        Assert.False(await MayAsync("alice", "invoices:read"));
        Assert.Single(await AuditAsync("role.revoked"));
    }

    [Fact]
    public async Task Write_RereadFails_IsRefusedUntilItSucceeds()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Host.Store.FailCommits(_ => CommitFault.FailAfter);
        Refused(ErrorCode.Unavailable, await RevokeAsync("alice", "reader"));
        Host.Store.Heal();
        Host.Store.FailReads(true);

        Refused(ErrorCode.Unavailable, await AssignAsync("alice", "reader"));
        Assert.True(await MayAsync("alice", "invoices:read"));

        Host.Store.Heal();
        Ok(await AssignAsync("alice", "reader"));
        Assert.Equal(2, (await AuditAsync("role.assigned")).Count);
    }

    [Fact]
    public async Task Assign_Conflict_IsToldAndTheNextSucceeds()
    {
        await RoleAsync("reader", "invoices:read");
        Host.Store.FailCommits(_ => CommitFault.Conflict);
        Refused(ErrorCode.VersionConflict, await AssignAsync("alice", "reader"));

        Host.Store.Heal();
        Ok(await AssignAsync("alice", "reader"));
        Assert.True(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Write_LosesARace_RunsAgainOnWhatWasCommittedMeanwhile()
    {
        await RoleAsync("reader", "invoices:read");
        var races = 2;
        Host.Store.FailCommits(_ => Interlocked.Decrement(ref races) >= 0 ? CommitFault.Conflict : CommitFault.None);
        Ok(await AssignAsync("alice", "reader"));
        Assert.True(races < 0);

        Host.Store.Heal();
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.Single(await AuditAsync("role.assigned"));
    }

    [Theory]
    [InlineData(CommitFault.FailBefore, ErrorCode.Unavailable)]
    [InlineData(CommitFault.Conflict, ErrorCode.VersionConflict)]
    public async Task CreateRole_CommitFails_RoleIsNotThereAndCanBeMade(CommitFault fault, ErrorCode code)
    {
        Host.Store.FailCommits(_ => fault);
        Refused(code, await Host.Roles.CreateAsync(Tenant, new Domain.Roles.RoleDraft { Name = "reader" }, Admin));
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "reader"));

        Host.Store.Heal();
        await RoleAsync("reader", "invoices:read");
    }

    [Theory]
    [InlineData(CommitFault.ThrowBefore, false)]
    [InlineData(CommitFault.ThrowAfter, true)]
    public async Task Write_StoreBreaksUnforeseen_ActorsRereadAndGoOn(CommitFault fault, bool isDone)
    {
        var reader = await RoleAsync("reader", "invoices:read");
        Host.Store.FailCommits(_ => fault);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AssignAsync("alice", "reader"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        Assert.False(await MayAsync("alice", "invoices:read"));

        Host.Store.Heal();
        Ok(await AssignAsync("alice", "viewer"));
        Ok(await Host.Roles.AddPermissionAsync(Tenant, "reader", "bills:read", null, Admin));
        Assert.Equal(isDone, await MayAsync("alice", "invoices:read") && (await HoldersAsync("reader")).Count == 1);
        Assert.Equal(isDone ? 3 : 2, Ok(await Host.Roles.GetAsync(Tenant, reader.Value)).Role.Version);
        Assert.Equal(isDone ? 2 : 1, (await AuditAsync("role.assigned")).Count);
    }

    [Fact]
    public async Task Write_TooLargeToStore_IsRefusedAndTheNextSucceeds()
    {
        await RoleAsync("reader", "invoices:read");
        Host.Store.FailCommits(_ => CommitFault.TooLarge);
        Refused(ErrorCode.PayloadTooLarge, await AssignAsync("alice", "reader"));
        Refused(ErrorCode.PayloadTooLarge, await Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));

        Host.Store.Heal();
        Ok(await AssignAsync("alice", "reader"));
        Assert.False(await MayAsync("alice", "orders:read"));
    }

    [Fact]
    public async Task EditRole_OutcomeUnknown_OldModelServesUntilTheNextWrite()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Host.Store.FailCommits(_ => CommitFault.FailAfter);
        Refused(ErrorCode.Unavailable, await Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        Assert.False(await MayAsync("alice", "orders:read"));

        Host.Store.Heal();
        Ok(await Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        Assert.True(await MayAsync("alice", "orders:read"));
        Assert.Single(await AuditAsync("role.updated"));
    }

    [Fact]
    public async Task Evaluate_SubjectCannotBeRead_IsUnavailableThenRecovers()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        await Host.RestartAsync();
        Ok(await Host.Roles.GetAsync(Tenant, "reader"));
        Host.Store.FailReads(true);
        Refused(ErrorCode.Unavailable, await EvaluateAsync("alice", "invoices:read"));

        Host.Store.Heal();
        Assert.True(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Evaluate_ManyFirstCallsAtOnce_LoadOnce()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        await Host.RestartAsync();
        Ok(await Host.Roles.GetAsync(Tenant, "reader"));
        var alice = ActorKey.Of(Tenant, SubjectId.User("alice"));
        var before = Host.Store.ReadsOf(alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => MayAsync("alice", "invoices:read"))));

        Assert.All(answers, Assert.True);
        Assert.Equal(1, Host.Store.ReadsOf(alice) - before);
    }

    [Fact]
    public async Task Audit_StoreFailsMeanwhile_ListIsUnavailableThenComplete()
    {
        await RoleAsync("reader", "invoices:read");
        Host.Store.FailCommits(_ => CommitFault.FailBefore);
        Refused(ErrorCode.Unavailable, await AssignAsync("alice", "reader"));
        Host.Store.Heal();
        Ok(await AssignAsync("alice", "reader"));

        Assert.Equal(SubjectId.User("admin").ToString(), Assert.Single(await AuditAsync("role.assigned")).Actor);
    }
}
