using System.Buffers;
using AuthzCluster.Domain.Errors;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A value, or why there is none, on the wire.</summary>
[RegisterSerializer]
internal sealed class ResultCodec<T>(ICodecProvider codecs) : IFieldCodec<Result<T>>
{
    private const uint Value = 0, Error = 1;

    private readonly IFieldCodec<T> _values = codecs.GetCodec<T>();
    private readonly IFieldCodec<AuthzError> _errors = codecs.GetCodec<AuthzError>();

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Result<T> value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(Result<T>));
        if (value.Error is { } error)
        {
            _errors.WriteField(ref writer, Error, typeof(AuthzError), error);
        }
        else
        {
            _values.WriteField(ref writer, Value, typeof(T), value.Value!);
        }
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public Result<T> ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        // Neither of both is no success.
        Result<T> result = new AuthzError(ErrorCode.Unavailable, "an answer cannot be read");
        for (var at = 0u; ;)
        {
            reader.ReadFieldHeader(ref field);
            if (field.IsEndBaseOrEndObject)
            {
                return result;
            }
            switch (at += field.FieldIdDelta)
            {
                case Value: result = _values.ReadValue(ref reader, field)!; break;
                case Error: result = _errors.ReadValue(ref reader, field)!; break;
                default: reader.ConsumeUnknownField(field); break;
            }
        }
    }
}
