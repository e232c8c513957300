using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Api.Replies;

/// <summary>How an assignment came about that was asked for.</summary>
internal sealed record ApprovalReply(string RequestId, string RequestedBy, IReadOnlyList<string> ApprovedBy, DateTimeOffset ApprovedAt, string? Ticket)
{
    public static ApprovalReply? Of(AssignmentApproval? approval) => approval is null ? null
        : new(approval.Request, approval.RequestedBy, approval.ApprovedBy, approval.ApprovedAt, approval.Ticket);
}
