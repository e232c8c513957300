using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Tokens of lists: where the next page starts, sealed and bound to the list it was made for. What a page ends behind may be something that its reader is not told
/// of, so nobody reads it there either. A changed one, and one of another list, is refused.
/// </summary>
internal sealed class PageTokens(Func<byte[]> key)
{
    private const int NonceLength = 12, TagLength = 16, KeyLength = 32;
    private static readonly byte[] Purpose = "page token"u8.ToArray();

    public string? Make(string? cursor, string list)
    {
        if (cursor is null)
        {
            return null;
        }
        var plain = Encoding.UTF8.GetBytes(cursor);
        var token = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(token.AsSpan(0, NonceLength));
        using var cipher = Cipher();
        cipher.Encrypt(token.AsSpan(0, NonceLength), plain, token.AsSpan(NonceLength, plain.Length), token.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(list));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The cursor of a token; null of no token. Throws 400 where the token is not ours, or of another list.</summary>
    public string? Read(string? token, string list)
    {
        if (token is null)
        {
            return null;
        }
        // Decoding drops spare bits; only the very token that was made is taken.
        if (Base64Url.IsValid(token) && Base64Url.DecodeFromChars(token) is { Length: >= NonceLength + TagLength } bytes && Base64Url.EncodeToString(bytes) == token)
        {
            var plain = new byte[bytes.Length - NonceLength - TagLength];
            try
            {
                using var cipher = Cipher();
                cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), plain, Encoding.UTF8.GetBytes(list));
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
            }
        }
        throw ProblemException.Invalid("page_token", "is no token of this list");
    }

    // A key of its own, made of the one that all nodes have.
    private AesGcm Cipher() => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key(), KeyLength, info: Purpose), TagLength);
}
