using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>Their answers.</summary>
internal sealed record BatchReplyWire([property: JsonRequired] IReadOnlyList<DecisionWire> Decisions);
