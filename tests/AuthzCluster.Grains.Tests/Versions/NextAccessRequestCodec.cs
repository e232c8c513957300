using System.Buffers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Grains.Abstractions.Wire;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Tests.Versions;

/// <summary>A question as a later version may have it: with fields beside those that this version knows, of every shape on the wire.</summary>
internal sealed class NextAccessRequestCodec(ICodecProvider codecs) : IFieldCodec<AccessRequest>
{
    private readonly AccessRequestCodec _known = new(codecs);
    private readonly IFieldCodec<AttributeBag> _bags = codecs.GetCodec<AttributeBag>();

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, AccessRequest? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(AccessRequest));
        writer.WriteText(0, value!.Subject.Id);
        writer.WritePermission(2, value.Permission);
        StringCodec.WriteField(ref writer, 8, value.Subject.Id);
        UInt64Codec.WriteField(ref writer, 1, 77);
        _bags.WriteField(ref writer, 1, typeof(AttributeBag), AttributeBag.Of(("later", AttributeValue.Of(true))));
        writer.WriteFieldHeaderExpected(1, WireType.TagDelimited);
        StringCodec.WriteField(ref writer, 0, value.Subject.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // What an older version sends has none of them.
    public AccessRequest ReadValue<TInput>(ref Reader<TInput> reader, Field field) => _known.ReadValue(ref reader, field);
}
