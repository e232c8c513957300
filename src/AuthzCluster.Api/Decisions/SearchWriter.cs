using System.Buffers;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.State;
using AuthzCluster.Api.AuthZen;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Decisions;

/// <summary>Writes a page of a search.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Found">Ids, or names of actions.</param>
/// <param name="Answers">The decision about each; one that has changed since it was found is left out. Null: not asked for.</param>
/// <param name="Next">The next page's token; null: this is the last.</param>
internal readonly record struct SearchWriter(AccessQuery Query, IReadOnlyList<string> Found, IReadOnlyList<Answer>? Answers, string? Next)
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, SearchWriter page)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        for (var i = 0; i < page.Found.Count; i++)
        {
            if (page.Answers is { } answers && !answers[i].Decision.IsAllowed)
            {
                continue;
            }
            json.WriteStartObject();
            AuthZenSearchWriter.WriteName(json, page.Query.Kind, page.Query.Type, page.Found[i]);
            if (page.Answers is not null)
            {
                DecisionWriter.WriteMembers(json, page.Answers[i]);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("next_page_token"u8, page.Next);
        json.WriteEndObject();
    }

    /// <summary>What a search looks for, as a text: a token is of use for the very same only.</summary>
    public static string TextOf(Search search)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            var asked = search.Query.Template;
            json.WriteStartArray();
            foreach (var text in new[] { asked.Subject.ToString(), asked.Permission.ToString(), asked.HasExplicitScope ? "scope" : "", asked.ResourceType, asked.ResourceId, search.At is { } at ? Times.Format(at) : null })
            {
                json.WriteStringValue(text);
            }
            foreach (var bag in new[] { asked.SubjectProperties, asked.ResourceProperties, asked.ActionProperties, asked.Context })
            {
                AttributeJson.Write(json, bag);
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
