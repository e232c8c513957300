using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>A grant counts from its start (inclusive) to its end (exclusive), and its end is told once.</summary>
public abstract class TimeSuite(IHostFixture host) : HostSuite(host)
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public async Task Evaluate_AroundStartAndEnd_IsExactToTheMicrosecond()
    {
        await RoleAsync("reader", "invoices:read");
        var (from, until) = (Now.AddMinutes(1), Now.AddMinutes(2));
        Ok(await AssignAsync("alice", "reader", until, from));

        Assert.False(await MayAtAsync(from - Microsecond));
        Assert.True(await MayAtAsync(from));
        Assert.True(await MayAtAsync(until - Microsecond));
        Assert.False(await MayAtAsync(until));
    }

    [Fact]
    public async Task Evaluate_AtTheEnd_DeniesBeforeAnySweep()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddMilliseconds(500)));
        Host.Time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(DecisionReason.NoAssignment, Ok(await EvaluateAsync("alice", "invoices:read")).Reason);
    }

    [Fact]
    public async Task Expiry_Passed_IsToldOnceWithinTwoSeconds()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddSeconds(10)));
        Host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(await AuditAsync("role.expired"));

        await ExpiryAfterAsync(TimeSpan.FromSeconds(2));
        Host.Time.Advance(TimeSpan.FromSeconds(10));

        var record = Assert.Single(await AuditAsync("role.expired"));
        Assert.Equal("system:authz", record.Actor);
        Assert.True(record.Time - new DateTimeOffset(2026, 7, 1, 8, 0, 10, TimeSpan.Zero) <= TimeSpan.FromSeconds(2));
        Assert.Empty(await HoldersAsync("reader"));
    }

    [Fact]
    public async Task Expiry_PassedWhileDown_IsToldAfterTheRestartAndNeverAgain()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddSeconds(10)));
        Host.Store.FailReads(true);
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        var told = Host.Store.CommittedAsync(commit => commit.Key.IsSubject);

        await Host.CrashAndRestartAsync();
        await told;
        Assert.Single(await AuditAsync("role.expired"));

        await Host.RestartAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await AuditAsync("role.expired"));
    }

    [Fact]
    public async Task Expiry_OfATeam_IsTold()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("team:finance", "reader", Now.AddSeconds(10)));
        var told = Host.Store.CommittedAsync(commit => commit.Key.Value.StartsWith("th:", StringComparison.Ordinal));
        Host.Time.Advance(TimeSpan.FromSeconds(12));
        await told;

        Assert.Single(await AuditAsync("role.expired"));
        Assert.Empty(await HoldersAsync("reader"));
    }

    [Fact]
    public async Task Expiry_ManyAtOnce_AreAllTold()
    {
        const int count = 600;
        await RoleAsync("reader", "invoices:read");
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => AssignAsync($"user{i}", "reader", Now.AddSeconds(10))));
        var left = count;
        var all = Host.Store.CommittedAsync(commit => commit.Key.IsSubject && Interlocked.Decrement(ref left) == 0);
        Host.Time.Advance(TimeSpan.FromSeconds(12));
        await all;

        Assert.Equal(count, (await AuditAsync("role.expired")).Count);
    }

    [Fact]
    public async Task Expiry_StoreFailsMeanwhile_IsToldWhenItIsBack()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddSeconds(5)));
        Host.Store.FailReads(true);
        Host.Time.Advance(TimeSpan.FromSeconds(20));
        Host.Store.Heal();
        var told = Host.Store.CommittedAsync(commit => commit.Key.IsSubject);
        // After failures looks are rarer, and ticks that come faster than the poller looks are one.
        while (!told.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await told;

        Assert.Single(await AuditAsync("role.expired"));
    }

    [Fact]
    public async Task Assign_AfterTheEndBeforeTheSweep_TellsTheEndAndGivesAnew()
    {
        await RoleAsync("reader", "invoices:read");
        var first = Ok(await AssignAsync("alice", "reader", Now.AddMilliseconds(100)));
        Host.Time.Advance(TimeSpan.FromMilliseconds(100));
        var second = Ok(await AssignAsync("alice", "reader"));

        Assert.NotEqual(first.Assignment.Id, second.Assignment.Id);
        Assert.Equal(["role.assigned", "role.expired", "role.assigned"],
            (await AuditAsync()).Where(record => record.Entry.TargetType == "assignment").Select(record => record.Entry.Action));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:finance")]
    public async Task PastInstant_BeforeAndAfterTheSweep_IsAnsweredAlike(string principal)
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "finance", SubjectId.User("alice"), Admin));
        var (start, end) = (Now, Now.AddSeconds(10));
        var given = Ok(await AssignAsync(principal, "reader", end)).Assignment.Id;
        await AssertCountedAsync();
        var told = Host.Store.CommittedAsync(_ => true);
        Host.Time.Advance(TimeSpan.FromSeconds(12));
        await told;
        await AssertCountedAsync();
        await Host.RestartAsync();
        await AssertCountedAsync();

        async Task AssertCountedAsync()
        {
            Assert.True(await MayAtAsync(start));
            Assert.True(await MayAtAsync(end - Microsecond));
            Assert.False(await MayAtAsync(end));
            Assert.Equal([given], await ListedAsync(end - Microsecond));
            Assert.Empty(await ListedAsync(end));
            Assert.Single(Ok(await Host.Decisions.ListPermissionsAsync(Tenant, SubjectId.User("alice"), start)));
            var all = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Parse(principal), end, includeInactive: true));
            Assert.Equal(AssignmentStatus.Expired, Assert.Single(all).Status);
        }

        async Task<IEnumerable<string>> ListedAsync(DateTimeOffset at) =>
            Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Parse(principal), at, includeInactive: false)).Select(view => view.Assignment.Id);
    }

    [Fact]
    public async Task Assign_AlreadyOver_IsExpiredAndToldOnce()
    {
        await RoleAsync("reader", "invoices:read");
        var over = Now.AddSeconds(-10);
        var given = Ok(await AssignAsync("alice", "reader", over));
        Assert.Equal(AssignmentStatus.Expired, given.Status);
        Assert.False(await MayAtAsync(Now));
        Assert.True(await MayAtAsync(over - Microsecond));

        await ExpiryAfterAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(given.Assignment.Id, Ok(await AssignAsync("alice", "reader", over)).Assignment.Id);
        Assert.Single(await AuditAsync("role.expired"));
        Assert.Empty(await HoldersAsync("reader"));
    }

    private async Task ExpiryAfterAsync(TimeSpan time)
    {
        var told = Host.Store.CommittedAsync(commit => commit.Key.IsSubject);
        Host.Time.Advance(time);
        await told;
    }

    private async Task<bool> MayAtAsync(DateTimeOffset instant) =>
        Ok(await Host.Decisions.EvaluateAsync(Tenant, Question("alice", "invoices:read"), instant)).IsAllowed;
}
