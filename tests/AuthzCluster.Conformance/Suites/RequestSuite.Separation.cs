using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Requests for roles that are not to be held together with others.</summary>
public abstract partial class RequestSuite
{
    [Fact]
    public async Task Approve_InConflictWithAConstraint_IsRefusedAndItStaysPending()
    {
        await FurnishAsync();
        var asked = Ok(await AskAsync(Alice)).Request;
        Ok(await AssignAsync("alice", "other"));
        Ok(await Host.Constraints.CreateAsync(Tenant, Apart, Admin));

        Refused(ErrorCode.RoleConflict, await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));

        var after = Ok(await Host.RoleRequests.GetAsync(Tenant, asked.Id)).Request;
        Assert.Equal((RequestStatus.Pending, 0), (after.Status, after.Approvals.Length));
        Ok(await AskAsync(Boss));
        await RevokeAsync("alice", "other");
        Ok(await Host.RoleRequests.ApproveAsync(Tenant, asked.Id, null, Boss));
        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "other"));
    }

    [Fact]
    public async Task Create_WhileTheRoleComesUnderAConstraint_IsMade()
    {
        await FurnishAsync();
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsRequest);
        var asking = Task.Run(() => AskAsync(Alice));
        await reached.Task;
        Ok(await Host.Constraints.CreateAsync(Tenant, Apart, Admin));
        Host.Store.Before(null);
        proceed.SetResult();

        Assert.Equal(RequestStatus.Pending, Ok(await asking).Request.Status);
    }

    private static ConstraintDraft Apart => new() { Id = "k", Name = "k", Roles = [Clerk, "other"], Max = 1 };
}
