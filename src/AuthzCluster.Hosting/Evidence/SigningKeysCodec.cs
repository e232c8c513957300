using System.Buffers.Binary;
using System.Collections.Immutable;

namespace AuthzCluster.Hosting.Evidence;

/// <summary>The stored form of the keys that sign: a version, then of each when it was made (Unix milliseconds), its public half and its private key, empty where it signs no more.</summary>
internal static class SigningKeysCodec
{
    private const byte Version = 1;
    private const int TimeBytes = 8, LengthBytes = 4;

    public static byte[] Encode(IEnumerable<StoredSigningKey> keys)
    {
        using var all = new MemoryStream();
        all.WriteByte(Version);
        Span<byte> time = stackalloc byte[TimeBytes];
        foreach (var key in keys)
        {
            BinaryPrimitives.WriteInt64LittleEndian(time, key.MadeAt.ToUnixTimeMilliseconds());
            all.Write(time);
            Write(all, key.PublicKey);
            Write(all, key.PrivateKey ?? []);
        }
        return all.ToArray();
    }

    /// <exception cref="FormatException">A later version wrote it.</exception>
    /// <exception cref="ArgumentException">It is damaged.</exception>
    public static ImmutableArray<StoredSigningKey> Decode(byte[] state)
    {
        if (state[0] != Version)
        {
            throw new FormatException($"the list of signing keys has format {state[0]}, this version knows {Version}");
        }
        var keys = ImmutableArray.CreateBuilder<StoredSigningKey>();
        for (var rest = (ReadOnlySpan<byte>)state.AsSpan(1); rest.Length > 0;)
        {
            var madeAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(rest));
            rest = rest[TimeBytes..];
            var (publicKey, privateKey) = (Read(ref rest), Read(ref rest));
            keys.Add(new StoredSigningKey(publicKey, madeAt) { PrivateKey = privateKey.Length == 0 ? null : privateKey });
        }
        return keys.ToImmutable();
    }

    private static void Write(MemoryStream to, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        to.Write(length);
        to.Write(bytes);
    }

    private static byte[] Read(ref ReadOnlySpan<byte> rest)
    {
        var end = LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(rest);
        var bytes = rest[LengthBytes..end].ToArray();
        rest = rest[end..];
        return bytes;
    }
}
