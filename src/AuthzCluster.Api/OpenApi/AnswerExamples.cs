using System.Text.Json.Nodes;

namespace AuthzCluster.Api.OpenApi;

/// <summary>An answer for each schema of answers, from <c>answers.json</c>; tests hold them to the schemas.</summary>
internal static class AnswerExamples
{
    private static readonly JsonObject All = (JsonObject)JsonNode.Parse(DocsPage.Read("answers.json"))!;

    /// <summary>One of this schema; null: there is none.</summary>
    public static JsonNode? Of(string schema) => All[schema]?.DeepClone();
}
