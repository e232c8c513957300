using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Governance;

/// <summary>A role that counts toward constraints for who is in a team.</summary>
/// <param name="Role">One that constraints name.</param>
/// <param name="Until">When the last of the team's assignments that bring it ends; null: never.</param>
public readonly record struct CountedRole(RoleId Role, DateTimeOffset? Until);
