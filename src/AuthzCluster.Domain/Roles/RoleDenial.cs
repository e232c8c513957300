using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>A policy that may deny what a role gives.</summary>
/// <param name="Policy">Its id.</param>
/// <param name="Principals">Whom it is about, as it says it; none: everybody.</param>
/// <param name="Permissions">Which of the permissions.</param>
public sealed record RoleDenial(string Policy, IReadOnlyList<string> Principals, IReadOnlyList<Permission> Permissions);
