namespace AuthzCluster.Api.Transfer;

/// <summary>A registered permission in an export; reads back as a <see cref="Bodies.RegisterPermissionBody"/>.</summary>
internal sealed record ExportedPermission(string Permission, string? Description);
