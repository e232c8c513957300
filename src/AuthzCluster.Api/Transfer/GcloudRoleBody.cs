namespace AuthzCluster.Api.Transfer;

/// <summary>A role as <c>gcloud iam roles list --format json</c> prints it. What else it prints is of no use here.</summary>
internal sealed record GcloudRoleBody
{
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Stage { get; init; }

    public IReadOnlyList<string>? IncludedPermissions { get; init; }
}
