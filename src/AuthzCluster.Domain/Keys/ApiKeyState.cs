using System.Collections.Immutable;

namespace AuthzCluster.Domain.Keys;

/// <summary>All that is stored of a key: what is told of it, how far it is, and the hashes of its secrets.</summary>
/// <param name="Key">What is told of it.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Hash">SHA-256 of the latest token; empty once it is revoked.</param>
/// <param name="PreviousHash">SHA-256 of the token before it, taken until <see cref="ApiKey.PreviousUntil"/>; empty: none.</param>
public sealed record ApiKeyState(ApiKey Key, ApiKeyStage Stage, ImmutableArray<byte> Hash, ImmutableArray<byte> PreviousHash)
{
    /// <summary>Whether it takes tokens at <paramref name="now"/>.</summary>
    public bool IsOpenAt(DateTimeOffset now) => Stage == ApiKeyStage.Active && Key.IsActiveAt(now);
}
