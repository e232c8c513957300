using System.IO.Compression;

namespace AuthzCluster.Actors.State;

/// <summary>Compression of pieces of the stored form, each with its length before it. The fastest quality: a write waits for it.</summary>
internal static class Compression
{
    private const int Quality = 1, Window = 22, Largest = 1 << 30;

    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        var head = new StateWriter(8);
        head.Number(content.Length);
        var packed = new byte[head.Written.Length + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        head.Written.CopyTo(packed);
        if (!BrotliEncoder.TryCompress(content, packed.AsSpan(head.Written.Length), out var count, Quality, Window))
        {
            throw new InvalidOperationException("compression needs more than its stated most");
        }
        return packed[..(head.Written.Length + count)];
    }

    public static byte[] Decompress(ref StateReader from)
    {
        var length = from.Int32();
        var content = length is >= 0 and <= Largest ? new byte[length] : throw from.Damaged();
        return BrotliDecoder.TryDecompress(from.Rest(), content, out var count) && count == length ? content : throw from.Damaged();
    }
}
