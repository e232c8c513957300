namespace AuthzCluster.Domain.Roles;

/// <summary>What a role comes to, whoever has it.</summary>
/// <param name="Roles">The role, if it gives anything, and those that give some of it too, since they inherit from it.</param>
/// <param name="Denials">The policies that may deny some of it, in the order in which they are asked.</param>
/// <param name="IsOpen">Whether an outside engine has the final word.</param>
public sealed record RoleReview(IReadOnlyList<RoleWays> Roles, IReadOnlyList<RoleDenial> Denials, bool IsOpen);
