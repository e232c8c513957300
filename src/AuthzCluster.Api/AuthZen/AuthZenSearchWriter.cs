using System.Text.Json;
using AuthzCluster.Actors.Doors;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Writes a page of a search.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Type">The type of what was found.</param>
/// <param name="Found">Ids, or names of actions.</param>
/// <param name="Next">The next page's token; null: this is the last.</param>
internal readonly record struct AuthZenSearchWriter(AccessQueryKind Query, string Type, IReadOnlyList<string> Found, string? Next)
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, AuthZenSearchWriter page)
    {
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        foreach (var found in page.Found)
        {
            json.WriteStartObject();
            WriteName(json, page.Query, page.Type, found);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("page"u8);
        json.WriteString("next_token"u8, page.Next ?? "");
        json.WriteNumber("count"u8, page.Found.Count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Names what was found, into the object that is open.</summary>
    public static void WriteName(Utf8JsonWriter json, AccessQueryKind kind, string type, string found)
    {
        if (kind == AccessQueryKind.Actions)
        {
            json.WriteString("name"u8, found);
            return;
        }
        json.WriteString("type"u8, type);
        json.WriteString("id"u8, found);
    }
}
