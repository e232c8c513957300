using System.Globalization;
using System.Diagnostics.CodeAnalysis;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Assignments;

/// <summary>An assignment as the audit log tells of it: the members of the API.</summary>
internal static class AssignmentSnapshot
{
    [return: NotNullIfNotNull(nameof(assignment))]
    public static AttributeBag? Of(SubjectId principal, Assignment? assignment) => assignment is null ? null : AttributeBag.Of(
    [
        ("id", AttributeValue.Of(assignment.Id)),
        ("principal", AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of(principal.Type)), ("id", AttributeValue.Of(principal.Id))))),
        ("role_id", AttributeValue.Of(assignment.Role.Value)),
        ("scope", AttributeValue.Of(assignment.Scope)),
        ("conditions", RoleSnapshot.Conditions(assignment.Conditions)),
        ("starts_at", Time(assignment.StartsAt)),
        ("expires_at", Time(assignment.ExpiresAt)),
        ("is_active", AttributeValue.Of(!assignment.IsSuspended)),
        ("revoked_at", Time(assignment.RevokedAt)),
        ("granted_by", AttributeValue.Of(assignment.GrantedBy)),
        ("granted_at", Time(assignment.GrantedAt)),
        ("reason", RoleSnapshot.Text(assignment.Reason)),
        ("metadata", AttributeValue.Of(assignment.Metadata)),
        .. Approval(assignment.Approval),
    ]);

    /// <summary>An instant as audit entries write it; null where there is none.</summary>
    public static AttributeValue Time(DateTimeOffset? time) => time is { } some
        ? AttributeValue.Of(some.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture))
        : AttributeValue.Null;

    // Only of what was asked for: nothing else has it.
    private static (string, AttributeValue)[] Approval(AssignmentApproval? approval) => approval is null ? [] :
    [
        ("approval", AttributeValue.Of(AttributeBag.Of(
            ("request_id", AttributeValue.Of(approval.Request)),
            ("requested_by", AttributeValue.Of(approval.RequestedBy)),
            ("approved_by", AttributeValue.Of([.. approval.ApprovedBy.Select(AttributeValue.Of)])),
            ("approved_at", Time(approval.ApprovedAt)),
            ("ticket", RoleSnapshot.Text(approval.Ticket))))),
    ];
}
