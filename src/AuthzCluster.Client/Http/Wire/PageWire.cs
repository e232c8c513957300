using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>One page of a list.</summary>
internal sealed record PageWire<T>([property: JsonRequired] IReadOnlyList<T> Items, string? NextPageToken);
