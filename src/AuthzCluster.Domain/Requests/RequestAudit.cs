using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Requests;

/// <summary>What the audit log is told of requests: the members of the API.</summary>
internal static class RequestAudit
{
    public const string TargetType = "request";

    public static AuditEntry Tell(string action, RoleRequest? before, RoleRequest after, string? reason) =>
        new(action, TargetType, after.Id, before is null ? null : Of(before), Of(after)) { Reason = reason };

    private static AttributeBag Of(RoleRequest request) => AttributeBag.Of(
        ("id", AttributeValue.Of(request.Id)),
        ("principal", AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of(request.Principal.Type)), ("id", AttributeValue.Of(request.Principal.Id))))),
        ("role_id", AttributeValue.Of(request.Role.Value)),
        ("status", AttributeValue.Of(request.Status.ToString().ToLowerInvariant())),
        ("scope", AttributeValue.Of(request.Wish.Scope)),
        ("conditions", RoleSnapshot.Conditions(request.Wish.Conditions)),
        ("starts_at", AssignmentSnapshot.Time(request.Wish.StartsAt)),
        ("expires_at", AssignmentSnapshot.Time(request.Wish.ExpiresAt)),
        ("duration", RoleSnapshot.Text(request.Duration is { } length ? RequestRules.Text(length) : null)),
        ("ticket", RoleSnapshot.Text(request.Ticket)),
        ("requested_by", AttributeValue.Of(request.RequestedBy)),
        ("approved_by", AttributeValue.Of([.. request.Approvals.Select(approval => AttributeValue.Of(approval.By))])),
        ("open_until", AssignmentSnapshot.Time(request.OpenUntil)),
        ("assignment_id", RoleSnapshot.Text(request.AssignmentId)));
}
