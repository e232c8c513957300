using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Grains.Abstractions.Wire;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Tests.Versions;

/// <summary>The rarer messages as a later version may have them: each object has a member more, and so has the envelope; or, as one that lies, with other JSON.</summary>
internal sealed class NextContractCodec(ContractCodec known, Func<Type, byte[]?>? lie = null) : IGeneralizedCodec
{
    public bool IsSupportedType(Type type) => known.IsSupportedType(type);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }
        var declared = ContractTypes.DeclaredFor(value.GetType())!;
        var json = JsonSerializer.SerializeToNode(value, declared, ContractJson.Options);
        AddTo(json);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(ContractCodec), WireType.TagDelimited);
        writer.WriteText(0, ContractTypes.NameOf(declared));
        writer.WriteText(1, lie?.Invoke(declared) is { } other ? Encoding.UTF8.GetString(other) : json!.ToJsonString());
        StringCodec.WriteField(ref writer, 1, "later");
        writer.WriteEndObject();
    }

    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field) => known.ReadValue(ref reader, field);

    private static void AddTo(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    AddTo(item);
                }
                break;
            // Free data is not ours to add to.
            case JsonObject { Count: > 0 } it when it.ContainsKey("permissions") || it.ContainsKey("principal") || it.ContainsKey("role") || it.ContainsKey("code"):
                it["added_later"] = new JsonObject { ["n"] = 1 };
                break;
        }
    }
}
