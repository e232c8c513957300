using System.Buffers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Grains.Abstractions.Wire;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Tests.Versions;

/// <summary>
/// A decision as a later version may have it: with a field besides, and with a reason that this version does not know in place of
/// <see cref="DecisionReason.PermissionNotGranted"/>.
/// </summary>
internal sealed class NextDecisionCodec : IFieldCodec<Decision>
{
    private const uint Policy = 7, Later = 8;
    private const byte LaterReason = 17;

    private readonly DecisionCodec _known = new();

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Decision value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(Decision));
        UInt64Codec.WriteField(ref writer, 0, value.Reason == DecisionReason.PermissionNotGranted ? LaterReason : (ulong)value.Reason);
        UInt64Codec.WriteField(ref writer, 5, (ulong)value.ModelRevision);
        // As Orleans' own codec writes texts.
        StringCodec.WriteField(ref writer, Policy - 5, value.MatchedPolicy);
        StringCodec.WriteField(ref writer, Later - Policy, "later");
        writer.WriteEndObject();
    }

    public Decision ReadValue<TInput>(ref Reader<TInput> reader, Field field) => _known.ReadValue(ref reader, field);
}
