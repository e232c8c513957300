using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>A result as <c>{"ok": VALUE}</c> or <c>{"error": REFUSAL}</c>.</summary>
internal sealed class ResultConverters : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Result<>);

    public override JsonConverter? CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Result<T>>
    {
        private const string Ok = "ok", Error = "error";

        public override Result<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("a result is an object");
            }
            Result<T>? result = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isOk, isError) = (reader.ValueTextEquals(Ok), reader.ValueTextEquals(Error));
                reader.Read();
                if (isOk)
                {
                    result = JsonSerializer.Deserialize<T>(ref reader, options)!;
                }
                else if (isError)
                {
                    result = JsonSerializer.Deserialize<AuthzError>(ref reader, options)!;
                }
                else
                {
                    reader.Skip();
                }
            }
            return result ?? throw new JsonException("a result is a value or a refusal");
        }

        public override void Write(Utf8JsonWriter writer, Result<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(value.IsOk ? Ok : Error);
            if (value.Error is { } error)
            {
                JsonSerializer.Serialize(writer, error, options);
            }
            else
            {
                JsonSerializer.Serialize(writer, value.Value, options);
            }
            writer.WriteEndObject();
        }
    }
}
