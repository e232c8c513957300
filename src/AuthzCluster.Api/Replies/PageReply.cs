namespace AuthzCluster.Api.Replies;

/// <summary>One page of a list.</summary>
internal sealed record PageReply<T>(IReadOnlyList<T> Items, string? NextPageToken);
