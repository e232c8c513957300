using AuthzCluster.Domain.Attributes;
using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Requests that are made again: done once, and answered as the first time, wherever the first was cut off.</summary>
public abstract class RepeatSuite(IHostFixture host) : RepeatedWrites(host)
{
    private const int Rounds = 5;

    public static TheoryData<string> Kinds => [.. Names];

    /// <summary>What happens at a commit.</summary>
    protected virtual IReadOnlyList<CommitFault> Faults => [CommitFault.FailAfter, CommitFault.FailBefore, CommitFault.DieAfter];

    [Fact]
    public async Task Kinds_AreAllThatThePortsWrite()
    {
        foreach (var kind in Names)
        {
            var name = $"k{Array.IndexOf(Names, kind)}";
            await Of(kind).Prepare(name);
            Assert.Null((await Of(kind).Write(name, Requesting(name))).Error);
        }

        // What was refused is told to the log by doors, each time that it is.
        Assert.Equal(NotedCalls.Writes.Except(["IAuditTrail.RecordAsync"]), NotedCalls.Of(Host));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_CutOffAtEachCommitAndMadeAgain_IsDoneOnce(string kind)
    {
        foreach (var fault in Faults)
        {
            for (var step = 1; await IsCutOffAsync(Of(kind), fault, step); step++)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_SameIdForAnother_IsRefused(string kind)
    {
        var write = Of(kind);
        await write.Prepare("x");
        var caller = Requesting("r");
        Assert.Null((await write.Write("x", caller)).Error);
        var before = await CountAsync(write);

        var other = await write.Write("x", Again(caller) with { Request = caller.Request! with { Fingerprint = [9], MayBeRepeat = true } });

        Assert.Equal(ErrorCode.InvalidState, other.Error?.Code);
        Assert.Equal(before, await CountAsync(write));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_ManyAtOnce_IsDoneOnce(string kind)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (write, name) = (Of(kind), $"x{round}");
            await write.Prepare(name);
            var before = await CountAsync(write);
            var caller = Again(Requesting($"r{round}"));

            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => write.Write(name, caller))));

            Assert.All(answers, answer => Assert.True(answer.Error is null, answer.Error?.Detail));
            Assert.Single(answers.Select(answer => answer.Text).Distinct());
            await CheckAsync(write, before, isWhole: true);
        }
    }

    [Fact]
    public async Task Write_SameIdInAnotherTenant_IsAnotherRequest()
    {
        Ok(await Host.Tenants.CreateAsync(new("acme"), new TenantPatch(), Admin));
        var caller = Requesting("r");
        var here = Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, caller));

        var there = Ok(await Host.Roles.CreateAsync(
            new("acme"), new RoleDraft { Name = "n" }, Again(caller) with { Request = caller.Request! with { Tenant = new("acme"), MayBeRepeat = true } }));

        Assert.NotEqual(here.Role.Id, there.Role.Id);
    }

    [Fact]
    public async Task Write_RefusedFirst_IsJudgedAgain()
    {
        var caller = Requesting("r");
        Refused(ErrorCode.RoleNotFound, await AssignAsync("alice", "later", caller));
        await RoleAsync("later", "a:read");

        Ok(await AssignAsync("alice", "later", Again(caller)));
        Ok(await RevokeAsync("alice", "later"));
        // Done since, and undone since: it is not done a second time.
        Ok(await AssignAsync("alice", "later", Again(caller)));
        Assert.False(await MayAsync("alice", "a:read"));
    }

    [Fact]
    public async Task Revoke_RefusedWhileACopyIsOnItsWay_IsNotDoneByThat()
    {
        await RoleAsync("held", "a:read");
        foreach (var principal in new[] { "alice", "team:blue" })
        {
            await CheckLateCopyAsync(
                principal, ErrorCode.AssignmentNotFound, caller => Host.Assignments.RevokeAsync(Tenant, "held", SubjectId.Parse(principal), null, caller),
                () => AssignAsync(principal, "held", Admin), async () => (await AssignAsync(principal, "held", Admin)).Value!.Assignment.Id);
        }
    }

    [Fact]
    public async Task Leave_RefusedWhileACopyIsOnItsWay_IsNotDoneByThat() => await CheckLateCopyAsync(
        "leave", ErrorCode.NotFound, caller => Host.Assignments.LeaveTeamAsync(Tenant, "blue", SubjectId.User("alice"), caller),
        () => Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("alice"), Admin),
        async () => string.Join(' ', Ok(await Host.Assignments.ListTeamsAsync(Tenant, SubjectId.User("alice")))));

    [Fact]
    public async Task DeleteEntity_RefusedWhileACopyIsOnItsWay_IsNotDoneByThat() => await CheckLateCopyAsync(
        "entity", ErrorCode.NotFound, caller => Host.Entities.DeleteAsync(Tenant, new("invoices", "1"), null, caller),
        () => Host.Entities.PutAsync(Tenant, new("invoices", "1"), AttributeBag.Empty, null, Admin),
        async () => (await Host.Entities.GetAsync(Tenant, new("invoices", "1"))).IsOk.ToString());

    [Fact]
    public async Task DeleteRole_RefusedWhileACopyIsOnItsWay_IsNotDoneByThat()
    {
        await RoleAsync("held", "a:read");
        Ok(await AssignAsync("alice", "held"));
        await CheckLateCopyAsync(
            "delete", ErrorCode.RoleInUse, caller => Host.Roles.DeleteAsync(Tenant, "held", false, null, caller), () => RevokeAsync("alice", "held"),
            async () => (await Host.Roles.GetAsync(Tenant, "held")).IsOk.ToString());
    }

    [Fact]
    public async Task CreateRole_RefusedWhileACopyIsOnItsWay_IsNotDoneByThat()
    {
        await RoleAsync("name", "a:read");
        await CheckLateCopyAsync(
            "create", ErrorCode.RoleAlreadyExists, caller => Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "name" }, caller),
            () => Host.Roles.DeleteAsync(Tenant, "name", false, null, Admin), async () => (await Host.Roles.GetAsync(Tenant, "name")).IsOk.ToString());
    }

    // Refused; then what it was refused for is no more. What was sent before that comes late, and is refused still; what is sent again is done.
    private async Task CheckLateCopyAsync<T, TOther>(
        string id, ErrorCode code, Func<Caller, Task<Result<T>>> write, Func<Task<Result<TOther>>> change, Func<Task<string>> read)
    {
        var caller = Again(Requesting(id));
        Caller Sent(string when) => caller with { Request = caller.Request! with { Sending = when } };
        Refused(code, await write(Sent("1")));
        Refused(code, await write(Sent("2")));
        Ok(await change());
        var before = await read();

        Refused(code, await write(Sent("1")));
        Refused(code, await write(Sent("2")));
        Refused(code, await write(Sent("0")));
        Assert.Equal(before, await read());

        Ok(await write(Sent("3")));
        var after = await read();
        Ok(await write(Sent("1")));
        Assert.Equal(after, await read());
    }

    [Fact]
    public async Task Write_WithoutAKey_KeepsNothing()
    {
        await RoleAsync("plain", "a:read");
        Ok(await AssignAsync("alice", "plain"));

        Assert.Null(Host.Store.LastCommit!.Request);
    }

    [Fact]
    public async Task Write_MadeAgainAfterADay_IsAnotherRequest()
    {
        var caller = Requesting("r") with { Request = RequestKey.Own(Tenant, "r") with { KeptFor = IAnswers.KeptFor } };
        var first = Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, caller));
        Ok(await Host.Roles.DeleteAsync(Tenant, "n", false, null, Admin));
        Host.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(first.Role.Id, Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, Again(caller))).Role.Id);
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "n"));

        var purged = Host.Store.RequestsPurgedAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(10));
        await purged;

        Assert.NotEqual(first.Role.Id, Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, Again(caller))).Role.Id);
        Ok(await Host.Roles.GetAsync(Tenant, "n"));
    }

    [Fact]
    public async Task Write_ThatOnlyItsMakerRepeats_IsKeptForAnHour()
    {
        var caller = Requesting("r");
        var first = Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, caller));
        Host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first.Role.Id, Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, Again(caller))).Role.Id);

        var purged = Host.Store.RequestsPurgedAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(11));
        await purged;

        Refused(ErrorCode.RoleAlreadyExists, await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, Again(caller)));
    }

    [Fact]
    public async Task Write_ByOneWhoMayNotAnyMore_IsRefused()
    {
        var role = await RoleAsync("admins", "authz.roles:create");
        Ok(await AssignAsync("bob", "admins"));
        var bob = Requesting("r") with { Principal = SubjectId.User("bob"), IsTrusted = false };
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, bob));
        Ok(await RevokeAsync("bob", role.Value));

        Refused(ErrorCode.Forbidden, await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "n" }, Again(bob)));
    }

    [Fact]
    public async Task ApiKey_TokenThatWasNotTold_IsReplaced()
    {
        var caller = Requesting("r");
        var draft = new Domain.Keys.ApiKeyDraft("n") { Tenants = [Tenant] };
        var first = Ok(await Host.ApiKeys.CreateAsync(Tenant, draft, caller));

        var second = Ok(await Host.ApiKeys.CreateAsync(Tenant, draft, Again(caller)));

        Assert.Equal(first.Key.Id, second.Key.Id);
        Assert.Null(Ok(await Host.ApiKeys.FindAsync(first.Token)));
        Assert.NotNull(Ok(await Host.ApiKeys.FindAsync(second.Token)));
        Assert.Single(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
    }

    [Fact]
    public async Task ApiKey_RotationThatWasNotTold_LeavesTheTokenBeforeItAlone()
    {
        var made = Ok(await Host.ApiKeys.CreateAsync(Tenant, new Domain.Keys.ApiKeyDraft("n") { Tenants = [Tenant] }, Admin));
        var caller = Requesting("r");
        var untold = Ok(await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, TimeSpan.FromHours(1), caller));

        var told = Ok(await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, TimeSpan.FromHours(1), Again(caller)));

        Assert.NotNull(Ok(await Host.ApiKeys.FindAsync(made.Token)));
        Assert.Null(Ok(await Host.ApiKeys.FindAsync(untold.Token)));
        Assert.NotNull(Ok(await Host.ApiKeys.FindAsync(told.Token)));
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        Ok(await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, TimeSpan.FromHours(1), Admin));
        Refused(ErrorCode.InvalidState, await Host.ApiKeys.RotateAsync(Tenant, made.Key.Id, TimeSpan.FromHours(1), Again(caller)));
    }

    [Fact]
    public async Task DeleteTenant_MadeAgainAfterAnotherWasMade_LeavesThatAlone()
    {
        var acme = new TenantId("acme");
        Ok(await Host.Tenants.CreateAsync(acme, new TenantPatch(), Admin));
        var caller = Requesting("r", TenantId.System);
        Ok(await Host.Tenants.DeleteAsync(acme, null, caller));
        Ok(await Host.Tenants.CreateAsync(acme, new TenantPatch(), Admin));
        var key = Ok(await Host.ApiKeys.CreateAsync(acme, new Domain.Keys.ApiKeyDraft("n") { Tenants = [acme] }, Admin));

        Ok(await Host.Tenants.DeleteAsync(acme, null, Again(caller)));

        Ok(await Host.Tenants.GetAsync(acme));
        Assert.NotNull(Ok(await Host.ApiKeys.FindAsync(key.Token)));
    }

    private async Task CheckAsync(RepeatedWrite write, int before, bool isWhole)
    {
        var done = await CountAsync(write) - before;
        Assert.True(write.TellsRepeats ? done >= write.Times : isWhole ? done == write.Times : done <= write.Times, $"{write.Action} was told of {done} times");
    }

    // False: the write has fewer commits.
    private async Task<bool> IsCutOffAsync(RepeatedWrite write, CommitFault fault, int step)
    {
        var (name, caller) = ($"x{(int)fault}{step}", Requesting($"r{(int)fault}{step}"));
        await write.Prepare(name);
        var before = await CountAsync(write);
        var left = step;
        Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? fault : CommitFault.None);
        var first = await write.Write(name, caller);
        var isCut = Volatile.Read(ref left) <= 0;
        if (fault == CommitFault.DieAfter && isCut)
        {
            await Host.CrashAndRestartAsync();
        }
        Host.Store.Heal();

        var again = await write.Write(name, Again(caller));
        var third = await write.Write(name, Again(caller));

        Assert.True(again.Error is null, $"{fault} of commit {step}: {again.Error?.Code} {again.Error?.Detail}");
        Assert.Equal(again.Text, third.Text);
        Assert.True(first.Error is not null || first.Text == again.Text, $"{first.Text}\n{again.Text}");
        await CheckAsync(write, before, isWhole: first.Error is not null || !isCut || !write.IsByRow);
        Assert.True(isCut || first.Error is null);
        return isCut;
    }
}
