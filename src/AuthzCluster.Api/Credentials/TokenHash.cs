using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AuthzCluster.Api.Credentials;

/// <summary>SHA-256 of a token: what it is remembered by, so that no comparison is ever made with the token itself.</summary>
internal readonly record struct TokenHash(long A, long B, long C, long D)
{
    private const int UsualLength = 256;

    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        var most = Encoding.UTF8.GetMaxByteCount(token.Length);
        var rented = most > UsualLength * 3 ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[(UsualLength * 3) + 3];
        Span<long> hash = stackalloc long[4];
        var length = Encoding.UTF8.GetBytes(token, bytes);
        SHA256.HashData(bytes[..length], MemoryMarshal.AsBytes(hash));
        CryptographicOperations.ZeroMemory(bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return new TokenHash(hash[0], hash[1], hash[2], hash[3]);
    }
}
