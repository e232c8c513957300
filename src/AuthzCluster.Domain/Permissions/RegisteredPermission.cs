namespace AuthzCluster.Domain.Permissions;

/// <summary>A permission that a tenant knows.</summary>
/// <param name="Permission">The permission; names one resource and one action.</param>
/// <param name="Description">For people; null: none.</param>
/// <param name="IsBuiltIn">Whether it is the service's own or comes with a pack; such a one is computed, never stored.</param>
public sealed record RegisteredPermission(Permission Permission, string? Description, bool IsBuiltIn);
