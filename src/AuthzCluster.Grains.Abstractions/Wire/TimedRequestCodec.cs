using System.Buffers;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A question of several on the wire, and the instant that it is about: ticks since the year 1, UTC.</summary>
[RegisterSerializer]
internal sealed class TimedRequestCodec(ICodecProvider codecs) : IFieldCodec<TimedRequest>
{
    private const uint Request = 0, At = 1;

    private readonly IFieldCodec<AccessRequest> _requests = codecs.GetCodec<AccessRequest>();

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, TimedRequest value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(TimedRequest));
        _requests.WriteField(ref writer, Request, typeof(AccessRequest), value.Request);
        Int64Codec.WriteField(ref writer, At - Request, value.At.UtcTicks);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public TimedRequest ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        AccessRequest? request = null;
        var ticks = 0L;
        for (var at = 0u; ;)
        {
            reader.ReadFieldHeader(ref field);
            if (field.IsEndBaseOrEndObject)
            {
                return new TimedRequest(request ?? throw new FormatException("a question is missing"), new DateTimeOffset(ticks, TimeSpan.Zero));
            }
            switch (at += field.FieldIdDelta)
            {
                case Request: request = _requests.ReadValue(ref reader, field); break;
                case At: ticks = Int64Codec.ReadValue(ref reader, field); break;
                default: reader.ConsumeUnknownField(field); break;
            }
        }
    }
}
