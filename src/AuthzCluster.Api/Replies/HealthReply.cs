namespace AuthzCluster.Api.Replies;

/// <summary>How the node is.</summary>
internal sealed record HealthReply(string Status, bool Writes, string? Problem);
