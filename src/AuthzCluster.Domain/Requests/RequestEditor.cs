using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Requests;

/// <summary>Decides what becomes of a request. Pure. One that has ended is changed by nothing: <see cref="ErrorCode.InvalidState"/>.</summary>
public static class RequestEditor
{
    /// <summary>How long a request can be decided at most.</summary>
    public static readonly TimeSpan LongestOpen = TimeSpan.FromDays(30);

    /// <summary>Asks for a role. Whether that may be asked for is another matter.</summary>
    public static Result<RequestChange> Make(string id, RoleDefinition role, RoleRequestDraft draft, string by, DateTimeOffset now, CustomConditions? custom = null)
    {
        var errors = RequestRules.Check(draft, role.RequestPolicy, now, custom ?? CustomConditions.None);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var (grant, time) = (draft.Grant, Instants.Cut(now));
        var wish = new Assignment
        {
            Id = id,
            Role = role.Id,
            Scope = grant.Scope,
            Conditions = [.. grant.Conditions],
            StartsAt = Instants.Cut(grant.StartsAt),
            ExpiresAt = Instants.Cut(grant.ExpiresAt),
            GrantedBy = by,
            GrantedAt = time,
            Reason = grant.Reason,
            Metadata = grant.Metadata,
        };
        var made = new RoleRequest
        {
            Principal = grant.Principal,
            Wish = wish,
            Duration = draft.Duration,
            Ticket = draft.Ticket,
            OpenUntil = wish.ExpiresAt < time + LongestOpen ? wish.ExpiresAt.Value : time + LongestOpen,
        };
        return new RequestChange(made, RequestAudit.Tell(AuditActions.RequestCreated, null, made, grant.Reason));
    }

    /// <summary>The refusal of deciding a request that has ended, or whose time is over; null: it is pending.</summary>
    public static AuthzError? CheckPending(RoleRequest request, DateTimeOffset now) =>
        request.Status != RequestStatus.Pending ? Over(request, request.Status) : request.OpenUntil <= now ? Over(request, RequestStatus.Expired) : null;

    /// <summary>Adds an approval. Nobody approves twice.</summary>
    public static Result<RequestChange> Approve(RoleRequest request, string by, string? comment, DateTimeOffset now)
    {
        if ((CheckPending(request, now) ?? RequestRules.CheckComment(comment)) is { } refused)
        {
            return refused;
        }
        if (request.Approvals.Any(approval => approval.By == by))
        {
            return new AuthzError(ErrorCode.InvalidState, $"`{by}` has approved the request `{request.Id}` already; another has to");
        }
        var next = request with { Approvals = request.Approvals.Add(new RequestApproval(by, Instants.Cut(now), comment)) };
        return new RequestChange(next, RequestAudit.Tell(AuditActions.RequestApprovalAdded, request, next, comment));
    }

    /// <summary>Ends a request whose approvals are complete and whose role was given. <paramref name="at"/>: when the last approved.</summary>
    public static RequestChange Grant(RoleRequest request, string assignment, DateTimeOffset at)
    {
        var last = request.Approvals[^1];
        var next = request with { Status = RequestStatus.Approved, DecidedBy = last.By, DecidedAt = Instants.Cut(at), Comment = last.Comment, AssignmentId = assignment };
        return new RequestChange(next, RequestAudit.Tell(AuditActions.RequestApproved, request, next, last.Comment));
    }

    /// <summary>Declines a request.</summary>
    public static Result<RequestChange> Reject(RoleRequest request, string by, string? comment, DateTimeOffset now) =>
        End(request, RequestStatus.Rejected, AuditActions.RequestRejected, by, comment, now);

    /// <summary>Takes a request back.</summary>
    public static Result<RequestChange> Cancel(RoleRequest request, string by, string? comment, DateTimeOffset now) =>
        End(request, RequestStatus.Cancelled, AuditActions.RequestCancelled, by, comment, now);

    /// <summary>Ends a request whose time is over; null: it is not, or has ended.</summary>
    public static RequestChange? Expire(RoleRequest request, string by, DateTimeOffset now)
    {
        if (request.Status != RequestStatus.Pending || request.OpenUntil > now)
        {
            return null;
        }
        var next = request with { Status = RequestStatus.Expired, DecidedBy = by, DecidedAt = Instants.Cut(now) };
        return new RequestChange(next, RequestAudit.Tell(AuditActions.RequestExpired, request, next, null));
    }

    private static Result<RequestChange> End(RoleRequest request, RequestStatus status, string action, string by, string? comment, DateTimeOffset now)
    {
        if ((CheckPending(request, now) ?? RequestRules.CheckComment(comment)) is { } refused)
        {
            return refused;
        }
        var next = request with { Status = status, DecidedBy = by, DecidedAt = Instants.Cut(now), Comment = comment };
        return new RequestChange(next, RequestAudit.Tell(action, request, next, comment));
    }

    private static AuthzError Over(RoleRequest request, RequestStatus status) =>
        new(ErrorCode.InvalidState, $"the request `{request.Id}` is {status.ToString().ToLowerInvariant()}");
}
