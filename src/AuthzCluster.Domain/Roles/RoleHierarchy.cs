namespace AuthzCluster.Domain.Roles;

/// <summary>The roles above and below a role.</summary>
/// <param name="Ancestors">All that it reaches by parent edges, nearest first.</param>
/// <param name="Descendants">All that reach it, nearest first.</param>
public sealed record RoleHierarchy(IReadOnlyList<RelatedRole> Ancestors, IReadOnlyList<RelatedRole> Descendants);
