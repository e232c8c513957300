using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Tokens of lists: where the next page starts, under a MAC that binds it to the list it was made for. A changed
/// one, and one of another list, is refused.
/// </summary>
internal sealed class PageTokens(Func<byte[]> key)
{
    private const int MacLength = 32;

    public string? Make(string? cursor, string list) =>
        cursor is null ? null : Base64Url.EncodeToString([.. Mac(cursor, list), .. Encoding.UTF8.GetBytes(cursor)]);

    /// <summary>The cursor of a token; null of no token. Throws 400 where the token is not ours, or of another list.</summary>
    public string? Read(string? token, string list)
    {
        if (token is null)
        {
            return null;
        }
        if (Base64Url.IsValid(token) && Base64Url.DecodeFromChars(token) is { Length: > MacLength } bytes)
        {
            var cursor = Encoding.UTF8.GetString(bytes, MacLength, bytes.Length - MacLength);
            // Decoding drops spare bits; only the very token that was made is taken.
            if (CryptographicOperations.FixedTimeEquals(Mac(cursor, list), bytes.AsSpan(0, MacLength)) && Make(cursor, list) == token)
            {
                return cursor;
            }
        }
        throw ProblemException.Invalid("page_token", "is no token of this list");
    }

    // The list's name has no NUL, so that name and cursor cannot flow into each other.
    private byte[] Mac(string cursor, string list) => HMACSHA256.HashData(key(), Encoding.UTF8.GetBytes($"{list}\0{cursor}"));
}
