using System.Text;

namespace AuthzCluster.Actors.State;

/// <summary>Writes the stored form: variable-length numbers, texts, times, and blocks that carry their length.</summary>
internal sealed class StateWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Byte(byte value)
    {
        Grow(1);
        _bytes[_count++] = value;
    }

    public void Number(ulong value)
    {
        Grow(10);
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[_count++] = (byte)(value | 0x80);
        }
        _bytes[_count++] = (byte)value;
    }

    public void Number(int value) => Number((ulong)value);

    public void Number(long value) => Number((ulong)value);

    /// <summary>A number of either sign; near zero is short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A text, or null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length + 1);
        Grow(length);
        _count += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_count));
    }

    /// <summary>Texts, behind their number.</summary>
    public void Texts(IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        Number(all.Length);
        foreach (var text in all)
        {
            Text(text);
        }
    }

    /// <summary>A time, as microseconds since 1970.</summary>
    public void Time(DateTimeOffset time)
    {
        var micros = (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        Signed(micros);
    }

    /// <summary>Whether there is a time, and the time.</summary>
    public void OptionalTime(DateTimeOffset? time)
    {
        Byte(time is null ? (byte)0 : (byte)1);
        if (time is { } some)
        {
            Time(some);
        }
    }

    /// <summary>What another writer wrote, with its length: a reader may skip what it does not know at the end of it.</summary>
    public void Block(StateWriter content) => Block(content.Written);

    /// <summary>Bytes, with their length.</summary>
    public void Block(ReadOnlySpan<byte> content)
    {
        Number(content.Length);
        Raw(content);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    private void Grow(int more)
    {
        if (_bytes.Length - _count < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_count + more)));
        }
    }
}
