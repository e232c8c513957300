using System.Buffers;
using System.Text;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>
/// The fields of messages that are sent for every question: as Orleans' own codecs write them, but without looking whether
/// the same object was written before.
/// </summary>
internal static class HotFields
{
    /// <summary>Writes a text.</summary>
    public static void WriteText<TBufferWriter>(this ref Writer<TBufferWriter> writer, uint fieldIdDelta, string value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(fieldIdDelta, WireType.LengthPrefixed);
        var count = Encoding.UTF8.GetByteCount(value);
        writer.WriteVarUInt32((uint)count);
        StringCodec.WriteRaw(ref writer, value, count);
    }

    /// <summary>Writes a text, if there is one; the id of the last field written.</summary>
    public static uint WriteText<TBufferWriter>(this ref Writer<TBufferWriter> writer, uint last, uint field, string? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            return last;
        }
        writer.WriteText(field - last, value);
        return field;
    }

    /// <summary>Writes a number that is usually 0, unless it is; the id of the last field written.</summary>
    public static uint WriteNumber<TBufferWriter>(this ref Writer<TBufferWriter> writer, uint last, uint field, ulong value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value == 0)
        {
            return last;
        }
        UInt64Codec.WriteField(ref writer, field - last, value);
        return field;
    }

    /// <summary>Reads a text.</summary>
    public static string ReadText<TInput>(this ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        return StringCodec.ReadRaw(ref reader, reader.ReadVarUInt32());
    }

    /// <summary>Reads what is often the same from its bytes, by way of what is kept.</summary>
    public static T ReadKept<TInput, T>(this ref Reader<TInput> reader, Field field, KeptTexts<T> kept)
        where T : class
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        var count = reader.ReadVarUInt32();
        return count <= int.MaxValue && reader.TryReadBytes((int)count, out var bytes) ? kept.Of(bytes) : kept.Make(reader.ReadBytes(count));
    }
}
