using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>What a role has itself, and what it inherits.</summary>
/// <param name="Direct">Its own.</param>
/// <param name="Inherited">From ancestors; a permission that it has itself is not repeated.</param>
public sealed record RolePermissions(IReadOnlyList<Permission> Direct, IReadOnlyList<InheritedPermission> Inherited);
