using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests;

/// <summary>What goes wrong inside is logged and shown, stays where it is, and ends nothing.</summary>
public sealed class FaultTests() : HostSuite(new EmbeddedFixture())
{
    private static readonly ActorKey Alice = ActorKey.Of(Tenant, SubjectId.User("alice"));

    private EmbeddedFixture Embedded => (EmbeddedFixture)Host;

    [Fact]
    public async Task Damaged_OneSubject_IsUnavailableAndLoggedOnceAndTheOthersGoOn()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Ok(await AssignAsync("bob", "reader"));
        await Host.RestartAsync();
        Host.Store.Damaged = Alice;

        for (var i = 0; i < 3; i++)
        {
            Refused(ErrorCode.Unavailable, await EvaluateAsync("alice", "invoices:read"));
            Refused(ErrorCode.Unavailable, await RevokeAsync("alice", "reader"));
        }
        Assert.True(await MayAsync("bob", "invoices:read"));
        Ok(await RevokeAsync("bob", "reader"));
        Assert.Single(Embedded.Log.Lines, line => line.Contains(Alice.Value, StringComparison.Ordinal));
        Assert.NotNull(Host.Health.BackgroundProblem);
        Assert.DoesNotContain("alice", Host.Health.BackgroundProblem, StringComparison.Ordinal);
        Assert.Null(Host.Health.WriteProblem);

        Host.Store.Damaged = null;
        Assert.True(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Damaged_OneTenant_TheOthersGoOn()
    {
        var (acme, other) = (new Domain.Tenancy.TenantId("acme"), new Domain.Tenancy.TenantId("other"));
        Ok(await Host.Tenants.CreateAsync(acme, new(), Admin));
        Ok(await Host.Tenants.CreateAsync(other, new(), Admin));
        await Host.RestartAsync();
        Host.Store.Damaged = ActorKey.Of(acme);

        Refused(ErrorCode.Unavailable, await EvaluateAsync("alice", "x:read", acme));
        Refused(ErrorCode.Unavailable, await AssignInAsync(acme, "alice", "viewer"));
        Ok(await AssignInAsync(other, "alice", "viewer"));
        Assert.True(await MayAsync("alice", "x:read", other));
    }

    [Fact]
    public async Task DueWork_LookBreaksUnforeseen_IsLoggedOnceAndLooksGoOn()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddSeconds(10)));
        Host.Store.AreLooksBreaking = true;
        var seen = Embedded.Log.SeenAsync("look for due work");
        await AdvanceUntilAsync(seen);
        Assert.NotNull(Host.Health.BackgroundProblem);

        var told = Host.Store.CommittedAsync(commit => commit.Key == Alice);
        Host.Store.AreLooksBreaking = false;
        await AdvanceUntilAsync(told);

        Assert.Single(await AuditAsync("role.expired"));
        Assert.Single(Embedded.Log.Lines, line => line.Contains("look for due work fails", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DueWork_OneItemKeepsFailing_IsLoggedOnceAndTheOthersAreDone()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader", Now.AddSeconds(10)));
        Ok(await AssignAsync("bob", "reader", Now.AddSeconds(10)));
        var others = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant, SubjectId.User("bob")));
        Host.Store.FailCommits(commit => commit.Key == Alice ? CommitFault.ThrowBefore : CommitFault.None);
        await AdvanceUntilAsync(Task.WhenAll(others, Embedded.Log.SeenAsync($"due of {Alice}")));
        Assert.NotNull(Host.Health.BackgroundProblem);
        var works = Embedded.Log.SeenAsync($"due of {Alice.Value} works");
        var told = Host.Store.CommittedAsync(commit => commit.Key == Alice);

        Host.Store.Heal();
        await AdvanceUntilAsync(Task.WhenAll(works, told));

        Assert.Single(Embedded.Log.Lines, line => line.Contains($"due of {Alice.Value} fails", StringComparison.Ordinal));
        Assert.Null(Host.Health.BackgroundProblem);
    }

    [Fact]
    public async Task Stop_TurnUnderWay_IsAwaitedAndLaterCallsAreUnavailable()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var (reached, proceed) = Host.Store.HoldCommits();
        var writing = Task.Run(() => AssignAsync("bob", "reader"));
        await reached.Task;

        var stopping = Embedded.Node.StopAsync();
        Assert.False(stopping.IsCompleted);
        proceed.SetResult();
        Ok(await writing);
        await stopping;

        Refused(ErrorCode.Unavailable, await AssignAsync("alice", "reader"));
        Refused(ErrorCode.Unavailable, await AssignAsync("carol", "reader"));
        Refused(ErrorCode.Unavailable, await EvaluateAsync("alice", "invoices:read"));
        Refused(ErrorCode.Unavailable, await EvaluateAsync("carol", "invoices:read"));
        Refused(ErrorCode.Unavailable, await Host.Audit.ListAsync(Tenant, new(null, 10)));
        Refused(ErrorCode.Unavailable, await Host.Tenants.ListAsync(null, 10));
        await Embedded.Node.StopAsync();
        Host.Store.Heal();
        await Host.StartAsync();
        Assert.True(await MayAsync("bob", "invoices:read"));
    }

    [Fact]
    public async Task Stop_TurnThatDoesNotEnd_IsNotAwaitedForEver()
    {
        await RoleAsync("reader", "invoices:read");
        var (reached, proceed) = Host.Store.HoldCommits();
        var writing = Task.Run(() => AssignAsync("bob", "reader"));
        await reached.Task;

        await AdvanceUntilAsync(Embedded.Node.StopAsync());
        proceed.SetResult();
        Refused(ErrorCode.Unavailable, await writing);
    }

    private async Task AdvanceUntilAsync(Task done)
    {
        // Background work runs beside the test and may miss ticks that come faster than it looks.
        while (!done.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await done;
    }
}
