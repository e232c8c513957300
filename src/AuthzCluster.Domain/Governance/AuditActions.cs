using System.Collections.Frozen;

namespace AuthzCluster.Domain.Governance;

/// <summary>The names of what the audit log tells. Never rename one: they are stored.</summary>
public static class AuditActions
{
    private static readonly FrozenSet<string> All = typeof(AuditActions).GetFields().Select(name => (string)name.GetRawConstantValue()!).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A tenant was made.</summary>
    public const string TenantCreated = "tenant.created";
    /// <summary>A tenant changed.</summary>
    public const string TenantUpdated = "tenant.updated";
    /// <summary>A tenant was removed.</summary>
    public const string TenantDeleted = "tenant.deleted";
    /// <summary>A role was made.</summary>
    public const string RoleCreated = "role.created";
    /// <summary>A role changed, its permissions among it.</summary>
    public const string RoleUpdated = "role.updated";
    /// <summary>A role was removed.</summary>
    public const string RoleDeleted = "role.deleted";
    /// <summary>A role's parents changed.</summary>
    public const string RoleHierarchyChanged = "role.hierarchy.changed";
    /// <summary>A role was given.</summary>
    public const string RoleAssigned = "role.assigned";
    /// <summary>An assignment changed.</summary>
    public const string RoleAssignmentUpdated = "role.assignment.updated";
    /// <summary>A role was taken back.</summary>
    public const string RoleRevoked = "role.revoked";
    /// <summary>An assignment came to its end.</summary>
    public const string RoleExpired = "role.expired";
    /// <summary>A subject joined a team.</summary>
    public const string TeamMemberAdded = "team.member.added";
    /// <summary>A subject left a team.</summary>
    public const string TeamMemberRemoved = "team.member.removed";
    /// <summary>A policy was made, of the tenant or attached to a role.</summary>
    public const string PolicyCreated = "policy.created";
    /// <summary>A policy changed.</summary>
    public const string PolicyUpdated = "policy.updated";
    /// <summary>A policy was removed, itself or with its role.</summary>
    public const string PolicyDeleted = "policy.deleted";
    /// <summary>A constraint was made.</summary>
    public const string ConstraintCreated = "constraint.created";
    /// <summary>A constraint changed, or lost a role that is no more.</summary>
    public const string ConstraintUpdated = "constraint.updated";
    /// <summary>A constraint was removed, or allows all that is left of its roles.</summary>
    public const string ConstraintDeleted = "constraint.deleted";
    /// <summary>A permission was registered, or described anew.</summary>
    public const string PermissionRegistered = "permission.registered";
    /// <summary>A permission was taken out of the registry.</summary>
    public const string PermissionRemoved = "permission.removed";
    /// <summary>An entity was stored that was not there.</summary>
    public const string EntityCreated = "entity.created";
    /// <summary>A stored entity was replaced.</summary>
    public const string EntityUpdated = "entity.updated";
    /// <summary>A stored entity was removed.</summary>
    public const string EntityDeleted = "entity.deleted";
    /// <summary>A model was imported.</summary>
    public const string ModelImported = "model.imported";
    /// <summary>A role was asked for.</summary>
    public const string RequestCreated = "request.created";

    /// <summary>A request was approved by one of several who have to.</summary>
    public const string RequestApprovalAdded = "request.approval.added";

    /// <summary>A request was approved, and its role given.</summary>
    public const string RequestApproved = "request.approved";

    /// <summary>A request was declined.</summary>
    public const string RequestRejected = "request.rejected";

    /// <summary>A request was taken back, or its role went away.</summary>
    public const string RequestCancelled = "request.cancelled";

    /// <summary>Nobody decided a request in time.</summary>
    public const string RequestExpired = "request.expired";

    /// <summary>Something protected was attempted and refused; nothing changed.</summary>
    public const string AccessRefused = "access.refused";
    /// <summary>An API key was made.</summary>
    public const string ApiKeyCreated = "api_key.created";
    /// <summary>An API key lost a tenant that is gone.</summary>
    public const string ApiKeyUpdated = "api_key.updated";
    /// <summary>An API key got another secret.</summary>
    public const string ApiKeyRotated = "api_key.rotated";
    /// <summary>An API key was revoked.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";
    /// <summary>An assignment will end soon.</summary>
    public const string RoleExpiring = "role.expiring";
    /// <summary>A webhook was made.</summary>
    public const string WebhookCreated = "webhook.created";
    /// <summary>A webhook changed.</summary>
    public const string WebhookUpdated = "webhook.updated";
    /// <summary>A webhook got another secret.</summary>
    public const string WebhookRotated = "webhook.rotated";
    /// <summary>A webhook was sent back to an earlier event.</summary>
    public const string WebhookReplayed = "webhook.replayed";
    /// <summary>A webhook was removed.</summary>
    public const string WebhookDeleted = "webhook.deleted";

    /// <summary>Whether there are records of this.</summary>
    public static bool IsKnown(string action) => All.Contains(action);
}
