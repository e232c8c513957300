using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>An id as its text.</summary>
internal sealed class TextIdJson<T>(Func<T, string> textOf, Func<string, T> read) : JsonConverter<T>
{
    // Default is no id, and has no text.
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? read(text) : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(textOf(value));
}
