namespace AuthzCluster.Domain.Tenancy;

/// <summary>A permission of an import, to be registered; nothing of it is checked yet.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Description">For people; null: none.</param>
public sealed record PermissionRow(string? Permission, string? Description);
