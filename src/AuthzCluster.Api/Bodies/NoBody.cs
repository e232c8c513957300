namespace AuthzCluster.Api.Bodies;

/// <summary>An object that has nothing to say but, at most, where it is.</summary>
internal sealed record NoBody
{
    public string? TenantId { get; init; }
}
