namespace AuthzCluster.Client.Http;

/// <summary>Questions at one instant.</summary>
internal sealed record BatchWire(IReadOnlyList<QuestionWire> Evaluations);
