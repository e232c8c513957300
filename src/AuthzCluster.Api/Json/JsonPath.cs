using System.Text;
using System.Text.Json;

namespace AuthzCluster.Api.Json;

/// <summary>
/// Tells the path of a place in a JSON text, such as <c>evaluations[3].permission</c>. Walks the text again: only
/// errors ask, so that reading need not keep track.
/// </summary>
internal static class JsonPath
{
    /// <summary>The path of the token that starts at <paramref name="position"/>; of a member's name, the member's.</summary>
    public static string At(ReadOnlySpan<byte> json, long position)
    {
        var reader = new Utf8JsonReader(json, StrictJson.ReaderOptions);
        var frames = new Stack<Frame>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    frames.Pop();
                    continue;
                }
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    frames.Peek().Name = reader.GetString();
                }
                else if (frames.TryPeek(out var parent))
                {
                    parent.Index++;
                }
                if (reader.TokenStartIndex >= position)
                {
                    break;
                }
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    frames.Push(new Frame(reader.TokenType == JsonTokenType.StartArray));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // As far as it could be read.
        }
        return Text(frames);
    }

    private static string Text(Stack<Frame> frames)
    {
        var path = new StringBuilder();
        foreach (var frame in frames.Reverse())
        {
            if (frame.IsArray)
            {
                path.Append('[').Append(Math.Max(frame.Index, 0)).Append(']');
            }
            else if (frame.Name is not null)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(frame.Name);
            }
        }
        return path.ToString();
    }

    private sealed class Frame(bool isArray)
    {
        public bool IsArray { get; } = isArray;

        public int Index { get; set; } = -1;

        public string? Name { get; set; }
    }
}
