using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>What the audit log is told of roles.</summary>
internal static class RoleAudit
{
    /// <summary>A role was made (<paramref name="old"/> is null) or changed.</summary>
    public static ImmutableArray<AuditEntry> Saved(RoleDefinition? old, RoleDefinition role) => [.. OfRole(old, role), .. PolicyEditor.TellOfRole(old, role)];

    /// <summary>A role was removed, and its policies with it.</summary>
    public static ImmutableArray<AuditEntry> Deleted(RoleDefinition role) =>
        [.. PolicyEditor.TellOfRole(role, null), Entry(AuditActions.RoleDeleted, role, RoleSnapshot.Of(role, null))];

    private static ImmutableArray<AuditEntry> OfRole(RoleDefinition? old, RoleDefinition role)
    {
        if (old is null)
        {
            return [Entry(AuditActions.RoleCreated, role, RoleSnapshot.Of(null, role))];
        }
        var hierarchy = Entry(AuditActions.RoleHierarchyChanged, role, (RoleSnapshot.Hierarchy(old), RoleSnapshot.Hierarchy(role)));
        return role.HasSameContent(old with { Policies = role.Policies }) ? []
            : old.Parents.SequenceEqual(role.Parents) ? [Entry(AuditActions.RoleUpdated, role, RoleSnapshot.Of(old, role))]
            : role.HasSameContent(old with { Parents = role.Parents, Policies = role.Policies }) ? [hierarchy]
            : [Entry(AuditActions.RoleUpdated, role, RoleSnapshot.Of(old, role)), hierarchy];
    }

    /// <summary>
    /// A role was made by an import. Of a large one only the count and a hash (SHA-256, hex, over the canonical texts, a
    /// line feed after each) are told: an import may bring thousands of them.
    /// </summary>
    public static ImmutableArray<AuditEntry> Imported(RoleDefinition role) => role.Permissions.Length <= RoleSnapshot.MostListed
        ? Saved(null, role)
        : [Entry(AuditActions.RoleCreated, role, (null, RoleSnapshot.Members(role,
            ("permissions_count", AttributeValue.Of((decimal)role.Permissions.Length)),
            ("permissions_sha256", AttributeValue.Of(HashOf(role)))))), .. PolicyEditor.TellOfRole(null, role)];

    private static string HashOf(RoleDefinition role)
    {
        var text = new StringBuilder();
        foreach (var permission in role.Permissions)
        {
            text.Append(permission).Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static AuditEntry Entry(string action, RoleDefinition role, (AttributeBag? Before, AttributeBag? After) snapshot) =>
        new(action, "role", role.Id.Value, snapshot.Before, snapshot.After);
}
