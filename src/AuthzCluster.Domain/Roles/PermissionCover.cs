using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>Whether a role gives a permission, and through what.</summary>
/// <param name="By">The permission of the role that covers it; null: none does.</param>
/// <param name="FromRole">The name of the role that has <paramref name="By"/> itself; null: none.</param>
public sealed record PermissionCover(Permission? By, string? FromRole);
