namespace AuthzCluster.Domain.Roles;

/// <summary>What whoever is given a role has by way of the one asked about: that one, or one that inherits from it.</summary>
/// <param name="Role">The role that is given.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ways">What it gives, each with its way.</param>
public sealed record RoleWays(RoleId Role, string Name, IReadOnlyList<InheritedPermission> Ways);
