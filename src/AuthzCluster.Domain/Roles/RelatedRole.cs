namespace AuthzCluster.Domain.Roles;

/// <summary>A role in somebody's hierarchy.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Depth">How many edges away, by the shortest way; at least 1.</param>
/// <param name="Inheritance">The kind of the last edge on that way.</param>
public sealed record RelatedRole(RoleId Id, string Name, int Depth, InheritanceType Inheritance);
