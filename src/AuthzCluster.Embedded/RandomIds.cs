using System.Buffers.Text;
using System.Security.Cryptography;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Embedded;

/// <summary>Ids of 128 random bits: 22 URL-safe characters.</summary>
public sealed class RandomIds : IIdSource
{
    /// <inheritdoc/>
    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
