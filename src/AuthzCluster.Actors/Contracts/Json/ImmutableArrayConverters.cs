using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>Immutable arrays: that which is none as null, bytes as base64, any other as a list.</summary>
internal sealed class ImmutableArrayConverters : JsonConverterFactory
{
    public override bool CanConvert(Type type) => ItemOf(Nullable.GetUnderlyingType(type) ?? type) is not null;

    public override JsonConverter? CreateConverter(Type type, JsonSerializerOptions options)
    {
        var array = Nullable.GetUnderlyingType(type);
        return type == typeof(ImmutableArray<byte>)
            ? new Bytes()
            : (JsonConverter)Activator.CreateInstance((array is null ? typeof(Of<>) : typeof(Optional<>)).MakeGenericType(ItemOf(array ?? type)!))!;
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GetGenericArguments()[0] : null;

    private sealed class Of<T> : JsonConverter<ImmutableArray<T>>
    {
        public override bool HandleNull => true;

        public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ImmutableCollectionsMarshal.AsImmutableArray(JsonSerializer.Deserialize<T[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, ImmutableCollectionsMarshal.AsArray(value), options);
    }

    // Null says that there is no limit, say. An array that is none must not come to say so too.
    private sealed class Optional<T> : JsonConverter<ImmutableArray<T>?>
    {
        public override ImmutableArray<T>? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ImmutableCollectionsMarshal.AsImmutableArray(JsonSerializer.Deserialize<T[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T>? value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer, ImmutableCollectionsMarshal.AsArray(value!.Value) ?? throw new ArgumentException("an array that is none", nameof(value)), options);
    }

    private sealed class Bytes : JsonConverter<ImmutableArray<byte>>
    {
        public override bool HandleNull => true;

        public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? default : ImmutableCollectionsMarshal.AsImmutableArray(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options)
        {
            if (value.IsDefault)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteBase64StringValue(value.AsSpan());
            }
        }
    }
}
