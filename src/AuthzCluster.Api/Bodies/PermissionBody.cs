namespace AuthzCluster.Api.Bodies;

/// <summary>One permission to add.</summary>
internal sealed record PermissionBody
{
    public string? Permission { get; init; }

    public string? TenantId { get; init; }

    public string? RoleId { get; init; }
}
