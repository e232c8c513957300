using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Many at once.</summary>
public abstract class ConcurrencySuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Revoke_ManyAtOnce_ExactlyOneSucceeds()
    {
        await RoleAsync("reader", "invoices:read");
        for (var round = 0; round < 20; round++)
        {
            Ok(await AssignAsync("alice", "reader"));
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RevokeAsync("alice", "reader"))));

            Assert.Single(results, result => result.IsOk);
            Assert.All(results.Where(result => !result.IsOk), result => Refused(ErrorCode.AssignmentNotFound, result));
        }
    }

    [Fact]
    public async Task Assign_ManyRolesToOneSubjectAtOnce_AllSurvive()
    {
        const int count = 50;
        for (var i = 0; i < count; i++)
        {
            await RoleAsync($"role {i}", $"thing{i}:read");
        }
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => AssignAsync("alice", $"role {i}"))));

        Assert.All(results, result => Ok(result));
        await Host.CrashAndRestartAsync();
        for (var i = 0; i < count; i++)
        {
            Assert.True(await MayAsync("alice", $"thing{i}:read"));
        }
    }

    [Fact]
    public async Task Roles_CreatedAtOnceWithOneName_ExactlyOneIsMade()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Host.Roles.CreateAsync(Tenant, new Domain.Roles.RoleDraft { Name = "reader" }, Admin))));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Refused(ErrorCode.RoleAlreadyExists, result));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeleteRole_RacingWithGrants_LeavesNoHolderBehind(bool force)
    {
        for (var round = 0; round < 25; round++)
        {
            var role = await RoleAsync("reader", "invoices:read");
            var grants = Enumerable.Range(0, 8).Select(i => Task.Run(() => AssignAsync($"user{i}", role.Value))).ToArray();
            var deletion = Task.Run(() => Host.Roles.DeleteAsync(Tenant, "reader", force, null, Admin));
            var deleted = await deletion;
            var given = await Task.WhenAll(grants);

            Assert.All(given.Where(result => !result.IsOk), result => Refused(ErrorCode.RoleNotFound, result));
            if (!deleted.IsOk)
            {
                Refused(ErrorCode.RoleInUse, deleted);
                Ok(await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
            }
            for (var i = 0; i < 8; i++)
            {
                Assert.False(await MayAsync($"user{i}", "invoices:read"));
                var held = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User($"user{i}"), null, true));
                Assert.DoesNotContain(held, view => view.Status != AssignmentStatus.Revoked);
            }
            // The same id again: nothing comes back to life.
            Ok(await Host.Roles.CreateAsync(Tenant, new Domain.Roles.RoleDraft { Id = role.Value, Name = "reader", Permissions = ["invoices:read"] }, Admin));
            Assert.Empty(await HoldersAsync("reader"));
            Assert.False(await MayAsync("user0", "invoices:read"));
            Ok(await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
        }
    }

    [Fact]
    public async Task Assign_DecidedBeforeTheDeletionCommittedAfter_IsRefused()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "viewer"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        var writing = Task.Run(() => AssignAsync("alice", "reader"));
        await reached.Task;
        Ok(await Host.Roles.DeleteAsync(Tenant, "reader", false, null, Admin));
        proceed.SetResult();

        Refused(ErrorCode.RoleNotFound, await writing);
        Assert.Single(Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User("alice"), null, true)));
    }

    [Fact]
    public async Task Evaluate_DuringALongWrite_AnswersFromTheCommittedState()
    {
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("writer", "invoices:write");
        Ok(await AssignAsync("alice", "reader"));
        var (reached, proceed) = Host.Store.HoldCommits();

        var writing = Task.Run(() => AssignAsync("alice", "writer"));
        await reached.Task;
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.False(await MayAsync("alice", "invoices:write"));
        Assert.False(writing.IsCompleted);

        proceed.SetResult();
        Ok(await writing);
        Assert.True(await MayAsync("alice", "invoices:write"));
    }

    [Fact]
    public async Task Evaluate_DuringALongModelWrite_AnswersFromTheCommittedModel()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var (reached, proceed) = Host.Store.HoldCommits();

        var writing = Task.Run(() => Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        await reached.Task;
        Assert.False(await MayAsync("alice", "orders:read"));
        Assert.True(await MayAsync("alice", "invoices:read"));

        proceed.SetResult();
        Ok(await writing);
        Assert.True(await MayAsync("alice", "orders:read"));
    }

    [Fact]
    public async Task EditRole_TwoAtTheVersionThatBothHaveSeen_OneIsDone()
    {
        var seen = Ok(await Host.Roles.CreateAsync(Tenant, new() { Name = "reader", Permissions = ["invoices:read"] }, Admin)).Role.Version;
        await RoleAsync("parent", "bills:read");
        var (reached, proceed) = Host.Store.HoldCommits();
        var first = Task.Run(() => Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", seen, Admin));
        await reached.Task;
        // All of them are in line behind the first when its commit goes through.
        var late = new[]
        {
            Host.Roles.AddPermissionAsync(Tenant, "reader", "other:read", seen, Admin),
            Host.Roles.RemovePermissionAsync(Tenant, "reader", "invoices:read", seen, Admin),
            Host.Roles.PutParentAsync(Tenant, "reader", new("parent"), seen, Admin),
            Host.Roles.RemoveParentAsync(Tenant, "reader", "parent", seen, Admin),
        };
        proceed.SetResult();

        var done = Ok(await first).Role;
        Assert.All(await Task.WhenAll(late), result => Refused(ErrorCode.PreconditionFailed, result));
        Assert.Equal(done, Ok(await Host.Roles.GetAsync(Tenant, "reader")).Role);
        Ok(await Host.Roles.PutParentAsync(Tenant, "reader", new("parent"), done.Version, Admin));
    }

    [Fact]
    public async Task Revoke_Acknowledged_NoEvaluationThatStartsLaterAllows()
    {
        await RoleAsync("reader", "invoices:read");
        var question = Question("alice", "invoices:read");
        for (var round = 0; round < 30; round++)
        {
            Ok(await AssignAsync("alice", "reader"));
            var isRevoked = false;
            using var stop = new CancellationTokenSource();
            var askers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var mayNotAllow = Volatile.Read(ref isRevoked);
                    var decision = Ok(await Host.Decisions.EvaluateAsync(Tenant, question, Now));
                    Assert.False(mayNotAllow && decision.IsAllowed);
                    await Task.Yield();
                }
            })).ToArray();
            Ok(await RevokeAsync("alice", "reader"));
            Volatile.Write(ref isRevoked, true);
            Assert.False(await MayAsync("alice", "invoices:read"));
            await stop.CancelAsync();
            await Task.WhenAll(askers);
        }
    }
}
