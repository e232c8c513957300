using AuthzCluster.Domain.Keys;

namespace AuthzCluster.Actors.Views;

/// <summary>A key that a token opens.</summary>
/// <param name="Key">The key.</param>
/// <param name="Until">Until when (exclusive) this token does, as far as is known: the key's end, or that of a rotation's overlap; null: for ever.</param>
public sealed record OpenedKey(ApiKey Key, DateTimeOffset? Until);
