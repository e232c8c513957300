using System.Text.Json;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.AuthZen;

/// <summary>The names of one object's members, so that none comes twice, known or not.</summary>
internal struct MemberNames
{
    private const int LinearLimit = 8;
    private List<string>? _few;
    private HashSet<string>? _many;

    /// <summary>The name that the reader stands on. Throws where it was there before.</summary>
    public string Add(ref Utf8JsonReader reader)
    {
        var name = Known(ref reader) ?? AttributeReader.Text(ref reader);
        _few ??= new List<string>(4);
        if (_few.Count == LinearLimit)
        {
            _many ??= new HashSet<string>(_few, StringComparer.Ordinal);
        }
        if (_many is null ? _few.Contains(name) : !_many.Add(name))
        {
            throw new BodyException("duplicate member", reader.TokenStartIndex);
        }
        if (_many is null)
        {
            _few.Add(name);
        }
        return name;
    }

    // The usual names are not made anew each time.
    private static string? Known(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("type"u8) ? "type"
        : reader.ValueTextEquals("id"u8) ? "id"
        : reader.ValueTextEquals("name"u8) ? "name"
        : reader.ValueTextEquals("subject"u8) ? "subject"
        : reader.ValueTextEquals("action"u8) ? "action"
        : reader.ValueTextEquals("resource"u8) ? "resource"
        : reader.ValueTextEquals("context"u8) ? "context"
        : reader.ValueTextEquals("properties"u8) ? "properties"
        : null;
}
