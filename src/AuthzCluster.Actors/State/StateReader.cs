using System.Collections.Immutable;
using System.Text;

namespace AuthzCluster.Actors.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Damaged bytes throw <see cref="StateFormatException"/>.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        throw Damaged();
    }

    /// <summary>A number of things, each of which takes at least a byte: more than the bytes that are left is damage.</summary>
    public int Count()
    {
        var value = Number();
        return value <= (ulong)_rest.Length ? (int)value : throw Damaged();
    }

    public int Int32()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Damaged();
    }

    public long Int64() => (long)Number();

    public long Signed()
    {
        var coded = Number();
        return (long)(coded >> 1) ^ -(long)(coded & 1);
    }

    public string? OptionalText()
    {
        var length = Int32();
        return length == 0 ? null : Encoding.UTF8.GetString(Take(length - 1));
    }

    public string Text() => OptionalText() ?? throw Damaged();

    public ImmutableArray<string> Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }
        return [.. texts];
    }

    public DateTimeOffset? OptionalTime() => Byte() == 0 ? null : Time();

    public DateTimeOffset Time()
    {
        var ticks = (Int128)DateTimeOffset.UnixEpoch.Ticks + ((Int128)Signed() * TimeSpan.TicksPerMicrosecond);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : throw Damaged();
    }

    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    public StateReader Block() => new(Take(Int32()));

    public readonly StateFormatException Damaged() => new("the stored bytes are damaged");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Damaged();
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
