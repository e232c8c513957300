namespace AuthzCluster.Api.AuthZen;

/// <summary>Several questions as they were sent; the members of its own are their defaults.</summary>
internal sealed record AuthZenBatch : AuthZenItem
{
    /// <summary>The questions; null or none: it is one question itself.</summary>
    public List<AuthZenItem>? Items { get; set; }

    /// <summary>Where the answers end.</summary>
    public BatchSemantic Semantic { get; set; }
}
