using System.Runtime.InteropServices;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>
/// What texts on the wire stand for, kept because few are sent again and again: roles, permissions. A new one takes the place of
/// another that happens to have the same number, so that however many are sent the memory is bounded. For any thread.
/// </summary>
/// <param name="make">What bytes stand for.</param>
internal sealed class KeptTexts<T>(Func<byte[], T> make)
    where T : class
{
    private const int Places = 4096, Longest = 256;

    private readonly Entry?[] _entries = new Entry[Places];

    /// <summary>What the bytes stand for, as long as they are valid.</summary>
    public T Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
        {
            return make(bytes.ToArray());
        }
        ref var place = ref _entries[Number(bytes) % Places];
        if (Volatile.Read(ref place) is { } entry && bytes.SequenceEqual(entry.Bytes))
        {
            return entry.Value;
        }
        var own = bytes.ToArray();
        var value = make(own);
        Volatile.Write(ref place, new Entry(own, value));
        return value;
    }

    /// <summary>What the bytes stand for, of such as are not kept.</summary>
    public T Make(byte[] bytes) => make(bytes);

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        var number = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            number = (number ^ MemoryMarshal.Read<ulong>(bytes)) * 0x9E3779B97F4A7C15UL;
            number ^= number >> 32;
        }
        foreach (var value in bytes)
        {
            number = (number ^ value) * 0x9E3779B97F4A7C15UL;
            number ^= number >> 32;
        }
        return number;
    }

    private sealed record Entry(byte[] Bytes, T Value);
}
