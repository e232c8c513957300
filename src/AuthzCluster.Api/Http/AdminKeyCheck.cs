using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Domain.Assignments;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Http;

/// <summary>Tells who sends a request. Compares hashes, in constant time, so that a guess learns nothing from how long it took.</summary>
/// <param name="keyHash">SHA-256 of the admin key.</param>
internal sealed class AdminKeyCheck(byte[] keyHash)
{
    /// <summary>Who the admin key speaks for.</summary>
    public static readonly SubjectId Admin = new("service", "admin");

    private const string Scheme = "Bearer ";
    private const int LongestKey = 512;

    /// <summary>The caller; null: nobody we know.</summary>
    public SubjectId? Authenticate(StringValues authorization)
    {
        if (authorization.Count != 1 || authorization[0] is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > LongestKey)
        {
            return null;
        }
        Span<byte> key = stackalloc byte[LongestKey * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(header.AsSpan(Scheme.Length).Trim(' '), key);
        SHA256.HashData(key[..length], hash);
        return CryptographicOperations.FixedTimeEquals(hash, keyHash) ? Admin : null;
    }
}
