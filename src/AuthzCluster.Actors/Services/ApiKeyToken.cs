using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Keys;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// What is sent as a credential: <c>authzk_ID.SECRET</c>, the secret 32 random bytes as base64url, which has no dot. A token
/// without a dot names no id and is the admin key's: such were made before keys had ids, or by an operator's hand.
/// </summary>
public static class ApiKeyToken
{
    /// <summary>How every token that is made begins, so that scanners for leaked secrets know it.</summary>
    public const string Prefix = "authzk_";

    private const int RandomBytes = 32, Longest = 512, LongestId = 40;

    /// <summary>A new token of a key, which nobody can guess.</summary>
    public static string Make(ApiKeyId key) => $"{Prefix}{key}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";

    /// <summary>The key that a token says it is of; null: it is no such token (a JWT has dots, and another beginning).</summary>
    public static ApiKeyId? IdOf(string token)
    {
        var dot = token.LastIndexOf('.');
        if (token.Length is 0 or > Longest || dot < 0)
        {
            return token.Length is 0 or > Longest ? null : ApiKeyId.Admin;
        }
        var id = token.StartsWith(Prefix, StringComparison.Ordinal) ? token[Prefix.Length..dot] : "";
        return id.Length is 0 or > LongestId || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? null : new ApiKeyId(id);
    }

    /// <summary>What is kept of a token: SHA-256. It is random enough that nothing slower would be safer.</summary>
    public static ImmutableArray<byte> HashOf(string token) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(token))];

    /// <summary>What a token of this hash opens; null: nothing. Comparing takes as long whatever is compared, and for no key too.</summary>
    public static OpenedKey? Open(ImmutableArray<byte> hash, ApiKeyState? state, DateTimeOffset now)
    {
        var isLatest = IsSame(hash, state?.Hash);
        var isPrevious = IsSame(hash, state?.PreviousHash);
        return state is null || !state.IsOpenAt(now) ? null
            : isLatest ? new OpenedKey(state.Key, state.Key.ExpiresAt)
            : isPrevious && now < state.Key.PreviousUntil ? new OpenedKey(state.Key, Earlier(state.Key.PreviousUntil, state.Key.ExpiresAt))
            : null;
    }

    // Null is never, and later than everything.
    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => b is null || a < b ? a : b;

    private static bool IsSame(ImmutableArray<byte> hash, ImmutableArray<byte>? stored)
    {
        Span<byte> other = stackalloc byte[SHA256.HashSizeInBytes];
        var isThere = stored is { Length: SHA256.HashSizeInBytes };
        if (isThere)
        {
            stored!.Value.CopyTo(other);
        }
        return CryptographicOperations.FixedTimeEquals(hash.AsSpan(), other) & isThere;
    }
}
