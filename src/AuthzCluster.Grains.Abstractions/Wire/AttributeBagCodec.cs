using System.Buffers;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Attributes;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Attributes on the wire: as they are stored, in one piece, and no deeper. What many questions of one message share is in it once.</summary>
[RegisterSerializer]
internal sealed class AttributeBagCodec : IFieldCodec<AttributeBag>
{
    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, AttributeBag? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(AttributeBag), WireType.LengthPrefixed);
        var bytes = AttributeBytes.Of(value);
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    /// <inheritdoc/>
    public AttributeBag ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference<AttributeBag, TInput>(ref reader, field)!;
        }
        field.EnsureWireType(WireType.LengthPrefixed);
        var count = reader.ReadVarUInt32();
        var bag = count <= int.MaxValue && reader.TryReadBytes((int)count, out var bytes) ? AttributeBytes.Read(bytes) : AttributeBytes.Read(reader.ReadBytes(count));
        ReferenceCodec.RecordObject(reader.Session, bag);
        return bag;
    }
}
