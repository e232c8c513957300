using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Contracts;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>
/// Carries what is not asked often as JSON, under its name in <see cref="ContractTypes"/>. What has a codec of its own, as questions
/// and decisions have, does not come here. Copies nothing: all of it is immutable.
/// </summary>
[Alias("authz.contract")]
internal sealed class ContractCodec : IGeneralizedCodec, ISpecializableCopier, ITypeFilter
{
    private const uint NameField = 0, JsonField = 1;
    private static readonly Type Self = typeof(ContractCodec);

    /// <inheritdoc/>
    public bool IsSupportedType(Type type) => type == Self || ContractTypes.DeclaredFor(type) is not null;

    /// <inheritdoc/>
    public bool? IsTypeAllowed(Type type) => IsSupportedType(type) ? true : null;

    /// <inheritdoc/>
    public IDeepCopier GetSpecializedCopier(Type type) => (IDeepCopier)Activator.CreateInstance(typeof(ShallowCopier<>).MakeGenericType(type))!;

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : System.Buffers.IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }
        var declared = ContractTypes.DeclaredFor(value.GetType())!;
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, Self, WireType.TagDelimited);
        WriteBytes(ref writer, NameField, Encoding.UTF8.GetBytes(ContractTypes.NameOf(declared)));
        WriteBytes(ref writer, JsonField - NameField, JsonSerializer.SerializeToUtf8Bytes(value, declared, ContractJson.Options));
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference(ref reader, field.FieldType);
        }
        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        Type? declared = null;
        object? value = null;
        for (var id = 0u; ;)
        {
            var header = reader.ReadFieldHeader();
            if (header.IsEndBaseOrEndObject)
            {
                return value;
            }
            id += header.FieldIdDelta;
            if (id == NameField)
            {
                declared = ContractTypes.Of(Encoding.UTF8.GetString(ReadBytes(ref reader)));
            }
            else if (id == JsonField && declared is not null)
            {
                value = JsonSerializer.Deserialize(ReadBytes(ref reader), declared, ContractJson.Options);
            }
            else
            {
                reader.ConsumeUnknownField(header);
            }
        }
    }

    private static void WriteBytes<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, byte[] bytes)
        where TBufferWriter : System.Buffers.IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(fieldIdDelta, WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes<TInput>(ref Reader<TInput> reader)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        return reader.ReadBytes(reader.ReadVarUInt32());
    }
}
