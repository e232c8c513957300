using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A question.</summary>
internal sealed record QuestionWire(PrincipalWire Subject, string Permission, AccessResource? Resource, JsonObject? Context, DateTimeOffset? At)
{
    public static QuestionWire Of(AccessQuestion question) => new(
        PrincipalWire.Of(question.Subject) with { Properties = question.SubjectProperties },
        question.Permission, question.Resource, question.Context, question.At);
}
