namespace AuthzCluster.Api.Bodies;

/// <summary>A permission to register, alone or in an export.</summary>
internal sealed record RegisterPermissionBody
{
    public string? Permission { get; init; }

    public string? Description { get; init; }

    public string? TenantId { get; init; }
}
