using System.Buffers.Binary;
using System.Security.Cryptography;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Hosting;

/// <summary>
/// Ids of 48 bits of time (milliseconds) and 80 random bits, as 26 characters of base 32 whose ordinal order is that of
/// time: rows of what is made together lie together on disk.
/// </summary>
public sealed class OrderedIds(TimeProvider clock) : IIdSource
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26, TimeBytes = 6;

    /// <inheritdoc/>
    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomNumberGenerator.Fill(bytes[TimeBytes..]);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, value >>= 5)
        {
            text[i] = Digits[(int)(value & 31)];
        }
        return new string(text);
    }
}
