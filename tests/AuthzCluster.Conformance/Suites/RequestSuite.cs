using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Requests for roles: who asks, who approves, what becomes of races, crashes and time.</summary>
public abstract partial class RequestSuite(IHostFixture host) : HostSuite(host)
{
    private const string Clerk = "clerk";

    private static readonly Caller Alice = By("alice"), Boss = By("boss"), Chief = By("chief");

    [Fact]
    public async Task Approve_TheOneThatItTakes_GivesTheRoleForItsTimeFromThen()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice, TimeSpan.FromHours(8), "SEC-1")).Request;
        Assert.Equal((RequestStatus.Pending, "user:alice"), (asked.Status, asked.RequestedBy));
        Assert.False(await MayAsync("alice", "invoices:read"));
        Host.Time.Advance(TimeSpan.FromHours(1));
        var at = Now;

        var approved = Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, "fine", Boss)).Request;

        Assert.Equal((RequestStatus.Approved, "user:boss"), (approved.Status, approved.DecidedBy));
        Assert.True(await MayAsync("alice", "invoices:read"));
        var held = Assert.Single(Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User("alice"), null, true))).Assignment;
        Assert.Equal((approved.AssignmentId, at.AddHours(8), "user:boss"), (held.Id, held.ExpiresAt, held.GrantedBy));
        Assert.Equal(new AssignmentApproval(asked.Id, "user:alice", ["user:boss"], held.Approval!.ApprovedAt) { Ticket = "SEC-1" }, held.Approval);
        Assert.Equal(approved, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request);
        Assert.Equal(["request.created", "role.assigned", "request.approved"], await StepsAsync());
        Host.Time.Advance(TimeSpan.FromHours(8));
        Assert.False(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Approve_WhatOneAskedForOrGets_IsRefused()
    {
        await FurnishAsync();
        var own = Ok(await AskAsync(Boss)).Request;
        var forBoss = Ok(await Host.RoleRequests.CreateAsync(Tenant, Draft("other", "boss"), Chief)).Request;

        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, own.Id, null, Boss));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, forBoss.Id, null, Boss));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, forBoss.Id, null, Chief));
        Ok(await Host.RoleRequests.ApproveAsync(Tenant, own.Id, null, Chief));
    }

    [Fact]
    public async Task Approve_WhoIsNoApproverOrDoesNotHoldWhatItGives_IsRefusedAndItStaysPending()
    {
        await FurnishAsync(new RequestPolicy { Requesters = ["user:alice"], Approvers = ["role:approver"] });
        var asked = Ok(await AskAsync(Alice)).Request;
        await RoleAsync("weak", "authz.requests:approve");
        await AssignAsync("weak", "weak");
        await AssignAsync("mallory", "requester");

        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, By("mallory")));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, By("weak")));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.RejectAsync(Tenant, asked.Id, null, By("weak")));
        Ok(await Host.Roles.ReplaceAsync(Tenant, Clerk, ClerkDraft(new RequestPolicy()), null, Admin));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, By("weak")));
        Assert.Equal(RequestStatus.Pending, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Status);
        Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
    }

    [Fact]
    public async Task Approve_WhereTwoAreNeeded_TakesTwoPeople()
    {
        await FurnishAsync(new RequestPolicy { Requesters = ["user:alice"], Approvals = 2 });
        var asked = Ok(await AskAsync(Alice)).Request;

        Assert.Equal(RequestStatus.Pending, Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss)).Request.Status);
        Refused(ErrorCode.InvalidState, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
        Assert.False(await MayAsync("alice", "invoices:read"));
        var done = Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Chief)).Request;

        Assert.Equal((RequestStatus.Approved, 2), (done.Status, done.Approvals.Length));
        Assert.Equal(["request.created", "request.approval.added", "role.assigned", "request.approved"], await StepsAsync());
    }

    [Fact]
    public async Task Create_WhatCannotBe_IsRefusedAndStoresNothing()
    {
        await FurnishAsync(new RequestPolicy { Requesters = ["user:alice"], MaxDuration = TimeSpan.FromHours(8), RequireReason = true, RequireTicket = true });
        var good = Draft(Clerk, "alice") with { Duration = TimeSpan.FromHours(1), Ticket = "T" };
        good = good with { Grant = good.Grant with { Reason = "r" } };
        foreach (var (field, draft) in new (string, RoleRequestDraft)[]
        {
            ("duration", good with { Duration = null }), ("duration", good with { Duration = TimeSpan.FromHours(9) }), ("duration", good with { Duration = TimeSpan.Zero }),
            ("ticket", good with { Ticket = null }), ("reason", good with { Grant = good.Grant with { Reason = " " } }),
            ("expires_at", good with { Duration = null, Grant = good.Grant with { ExpiresAt = Now.AddSeconds(-1) } }),
            ("expires_at", good with { Duration = null, Grant = good.Grant with { ExpiresAt = Now.AddHours(9) } }),
            ("duration", good with { Grant = good.Grant with { ExpiresAt = Now.AddHours(1) } }),
        })
        {
            var refused = await Host.RoleRequests.CreateAsync(Tenant, draft, Alice);
            Refused(ErrorCode.ValidationFailed, refused);
            Assert.Equal(field, refused.Error!.Fields[0].Field);
        }
        Refused(ErrorCode.ValidationFailed, await Host.RoleRequests.CreateAsync(Tenant, good with { Role = "nobody" }, Chief));
        // Whoever has no right may ask for oneself where the role says so, and for nothing else.
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.CreateAsync(Tenant, good with { Role = "nobody" }, Alice));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.CreateAsync(Tenant, Draft("other", "alice"), Alice));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.CreateAsync(Tenant, good with { Grant = good.Grant with { Principal = SubjectId.User("bob") } }, Alice));
        Refused(ErrorCode.Forbidden, await Host.RoleRequests.CreateAsync(Tenant, good with { Grant = good.Grant with { Principal = SubjectId.User("bob") } }, Chief));
        Assert.Empty(Ok(await Host.RoleRequests.ListAsync(Tenant, new RoleRequestQuery(null, 10))).Items);
        await AssignAsync("alice", Clerk);
        Refused(ErrorCode.InvalidState, await Host.RoleRequests.CreateAsync(Tenant, good, Alice));
        await RevokeAsync("alice", Clerk);
        Ok(await Host.RoleRequests.CreateAsync(Tenant, good, Alice));
    }

    [Fact]
    public async Task Create_TheSameAtOnce_OneIsPendingAndListedEverywhere()
    {
        await FurnishAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AskAsync(Alice))));

        var made = Assert.Single(all, result => result.IsOk).Value!.Request;
        Assert.All(all.Where(result => !result.IsOk), result => Refused(ErrorCode.InvalidState, result));
        foreach (var query in new[] { new RoleRequestQuery(null, 10), new(null, 10) { Status = RequestStatus.Pending }, new(null, 10) { Of = SubjectId.User("alice") } })
        {
            Assert.Equal(made.Id, Assert.Single(Ok(await Host.RoleRequests.ListAsync(Tenant, query)).Items).Request.Id);
        }
        Assert.Empty(Ok(await Host.RoleRequests.ListAsync(Tenant, new RoleRequestQuery(null, 10) { Status = RequestStatus.Approved })).Items);
        var listed = Assert.Single(Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User("alice"), null, true)));
        Assert.Equal((made.Id, AssignmentStatus.Pending), (listed.Assignment.Id, listed.Status));
        Assert.Empty(Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User("alice"), null, false)));
        Ok(await Host.RoleRequests.CancelAsync(Tenant, made.Id, null, Alice));
        Ok(await AskAsync(Alice));
    }

    [Fact]
    public async Task Decide_ByManyAtOnce_HasOneOutcome()
    {
        await FurnishAsync();
        for (var round = 0; round < 50; round++)
        {
            var asked = Ok(await AskAsync(Alice)).Request;
            Func<Task<Result<RoleRequestView>>>[] deciders =
            [
                () => Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss), () => Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Chief),
                () => Host.RoleRequests.RejectAsync(Tenant, asked.Id, null, Chief), () => Host.RoleRequests.CancelAsync(Tenant, asked.Id, null, Alice),
            ];
            Random.Shared.Shuffle(deciders);

            var answers = await Task.WhenAll(deciders.Select(decide => Task.Run(decide)));

            var won = Assert.Single(answers, answer => answer.IsOk).Value!.Request;
            Assert.All(answers.Where(answer => !answer.IsOk), answer => Refused(ErrorCode.InvalidState, answer));
            Assert.Equal(won.Status == RequestStatus.Approved, await MayAsync("alice", "invoices:read"));
            Assert.Equal(won, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request);
            if (won.Status == RequestStatus.Approved)
            {
                await RevokeAsync("alice", Clerk);
            }
        }
    }

    [Fact]
    public async Task Approve_GivenOtherwiseMeanwhile_IsRefusedAndChangesNothingOfThat()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice, TimeSpan.FromHours(1))).Request;
        await AssignAsync("alice", Clerk);

        Refused(ErrorCode.InvalidState, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));

        var after = Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request;
        Assert.Equal((RequestStatus.Pending, 0), (after.Status, after.Approvals.Length));
        Assert.Null(Assert.Single(await HoldersAsync(Clerk)).Assignment.ExpiresAt);
    }

    [Fact]
    public async Task Approve_WhoLosesTheRightOnTheWay_IsRefusedAndItStaysPending()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice)).Request;
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == ActorKey.OfRequest(Tenant, asked.Id));
        var approving = Task.Run(() => Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
        await reached.Task;
        await RevokeAsync("boss", "approver");
        Host.Store.Before(null);
        proceed.SetResult();

        Refused(ErrorCode.Forbidden, await approving);

        Assert.Empty(Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Approvals);
        Assert.False(await MayAsync("alice", "invoices:read"));
        Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Chief));
    }

    [Fact]
    public async Task Delete_OfARoleThatIsAskedFor_NeedsForceAndEndsTheRequest()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice)).Request;

        Refused(ErrorCode.RoleInUse, await Host.Roles.DeleteAsync(Tenant, Clerk, false, null, Admin));
        Ok(await Host.Roles.DeleteAsync(Tenant, Clerk, true, null, Admin));

        Assert.Equal(RequestStatus.Cancelled, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Status);
        Refused(ErrorCode.InvalidState, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
    }

    [Fact]
    public async Task Delete_WhileItIsApproved_LeavesNobodyWithTheRoleAndNothingPending()
    {
        await FurnishAsync();
        for (var round = 0; round < 20; round++)
        {
            var asked = Ok(await AskAsync(Alice)).Request;
            await Task.WhenAll(
                Task.Run(() => Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss)), Task.Run(() => Host.Roles.DeleteAsync(Tenant, Clerk, true, null, Admin)));

            Assert.NotEqual(RequestStatus.Pending, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Status);
            Assert.False(await MayAsync("alice", "invoices:read"));
            Ok(await Host.Roles.CreateAsync(Tenant, ClerkDraft(Open), Admin));
            Assert.False(await MayAsync("alice", "invoices:read"));
        }
    }

    [Fact]
    public async Task Expiry_OfWhatNobodyDecides_EndsItOnce()
    {
        await FurnishAsync();
        var draft = Draft(Clerk, "alice");
        var asked = Ok(await Host.RoleRequests.CreateAsync(Tenant, draft with { Grant = draft.Grant with { ExpiresAt = Now.AddHours(1) } }, Alice)).Request;
        Assert.Equal((Now.AddHours(1), asked.RequestedAt + RequestEditor.LongestOpen), (asked.OpenUntil, Ok(await AskAsync(Boss)).Request.OpenUntil));
        var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.OfRequest(Tenant, asked.Id));

        Host.Time.Advance(TimeSpan.FromHours(1));
        await ended;

        Refused(ErrorCode.InvalidState, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
        Assert.Equal(RequestStatus.Expired, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Status);
        Assert.Equal(["request.created", "request.created", "request.expired"], await StepsAsync());
    }

    [Theory]
    [InlineData(CommitFault.DieAfter)]
    [InlineData(CommitFault.FailAfter)]
    [InlineData(CommitFault.FailBefore)]
    [InlineData(CommitFault.Conflict)]
    public async Task Approve_CutOffAtEachCommit_IsWholeOrNotAtAll(CommitFault fault)
    {
        await FurnishAsync();
        var ends = new HashSet<RequestStatus>();
        for (var step = 1; ; step++)
        {
            var asked = Ok(await AskAsync(Alice)).Request;
            var left = step;
            Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? fault : CommitFault.None);
            var approved = await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss);
            var isCut = Volatile.Read(ref left) <= 0;
            if (isCut && fault == CommitFault.DieAfter)
            {
                await Host.CrashAndRestartAsync();
            }
            Host.Store.Heal();
            // Whoever comes next finds it settled: approved, or pending as before.
            var second = await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss);
            var after = Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request;

            Assert.Equal(RequestStatus.Approved, after.Status);
            Assert.True(await MayAsync("alice", "invoices:read"));
            Assert.Single(await HoldersAsync(Clerk));
            ends.Add(second.IsOk ? RequestStatus.Pending : RequestStatus.Approved);
            await RevokeAsync("alice", Clerk);
            if (!isCut)
            {
                Ok(approved);
                break;
            }
        }
        var steps = await StepsAsync();
        Assert.Equal(steps.Count(action => action == "request.created"), steps.Count(action => action == "request.approved"));
        Assert.Equal(steps.Count(action => action == "request.created"), steps.Count(action => action == "role.assigned"));
        Assert.Contains(RequestStatus.Approved, ends);
    }

    [Fact]
    public async Task Approve_CutOff_DueWorkGivesTheRoleByItself()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice)).Request;
        var key = ActorKey.OfRequest(Tenant, asked.Id);
        Host.Store.FailCommits(commit => commit.Key == key ? CommitFault.DieAfter : CommitFault.None);
        Refused(ErrorCode.Unavailable, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
        var ended = Host.Store.CommittedAsync(commit => commit.Key == key);
        await Host.CrashAndRestartAsync();
        Host.Store.Heal();
        await ended;

        Assert.Equal(RequestStatus.Approved, Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request.Status);
        Assert.True(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Write_Repeated_IsDoneOnceAndAnsweredAsThen()
    {
        await FurnishAsync();
        var (creating, approving) = (Alice with { Request = Key("create") }, Boss with { Request = Key("approve") });

        var first = Ok(await AskAsync(creating)).Request;
        Assert.Equal(first, Ok(await AskAsync(creating)).Request);
        var approved = Ok(await Host.RoleRequests.ApproveAsync(Tenant, first.Id, null, approving)).Request;
        await RevokeAsync("alice", Clerk);
        Assert.Equal(approved, Ok(await Host.RoleRequests.ApproveAsync(Tenant, first.Id, null, approving)).Request);

        Assert.False(await MayAsync("alice", "invoices:read"));
        Assert.Single(Ok(await Host.RoleRequests.ListAsync(Tenant, new RoleRequestQuery(null, 10))).Items);
        Assert.Single(await AuditAsync("role.assigned"), record => record.Entry.After!.TryGet("approval", out _));
    }

    [Fact]
    public async Task Approve_ForATeam_IsNotByItsMembers()
    {
        await FurnishAsync();
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("alice"), Admin));
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("chief"), Admin));
        var draft = new RoleRequestDraft("other", new AssignmentDraft(SubjectId.Team("blue")));
        var asked = Ok(await Host.RoleRequests.CreateAsync(Tenant, draft, Admin)).Request;

        Refused(ErrorCode.Forbidden, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Chief));
        Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));

        Assert.True(await MayAsync("alice", "orders:read"));
    }

    private static RequestPolicy Open => new() { Requesters = ["user:alice", "user:boss"] };

    private static Caller By(string user) => new(SubjectId.User(user), "request-2");

    private static RequestKey Key(string id) => new(Tenant, id, [1, 2, 3]) { MayBeRepeat = true };

    private static RoleRequestDraft Draft(string role, string user) => new(role, new AssignmentDraft(SubjectId.User(user)));

    private static RoleDraft ClerkDraft(RequestPolicy policy) => new() { Id = Clerk, Name = Clerk, Permissions = ["invoices:read"], RequestPolicy = policy };

    /// <summary>Boss and chief approve, chief may ask for others; alice may ask for clerk as its policy says.</summary>
    private async Task FurnishAsync(RequestPolicy? policy = null)
    {
        Ok(await Host.Roles.CreateAsync(Tenant, ClerkDraft(policy ?? Open), Admin));
        await RoleAsync("other", "orders:read");
        await RoleAsync("approver", "authz.requests:approve", "invoices:*", "orders:*");
        await RoleAsync("requester", "authz.requests:create");
        Ok(await AssignAsync("boss", "approver"));
        Ok(await AssignAsync("chief", "approver"));
        Ok(await AssignAsync("chief", "requester"));
    }

    private Task<Result<RoleRequestView>> AskAsync(Caller caller, TimeSpan? duration = null, string? ticket = null) =>
        Host.RoleRequests.CreateAsync(Tenant, Draft(Clerk, caller.Principal.Id) with { Duration = duration, Ticket = ticket }, caller);

    // What was told of requests, and of roles given by them.
    private async Task<IReadOnlyList<string>> StepsAsync() => [.. (await AuditAsync())
        .Where(record => record.Entry.TargetType == "request" || (record.Entry.Action == "role.assigned" && record.Entry.After!.TryGet("approval", out _)))
        .Select(record => record.Entry.Action)];
}
