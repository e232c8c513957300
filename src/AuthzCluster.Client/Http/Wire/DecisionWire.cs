using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>A decision. Without one of its required members it is no answer.</summary>
internal sealed record DecisionWire
{
    [JsonRequired]
    public bool Decision { get; init; }

    [JsonRequired]
    public string Reason { get; init; } = "";

    public string? MatchedPermission { get; init; }

    public string? MatchedRole { get; init; }

    public string? MatchedAssignment { get; init; }

    public string? MatchedPolicy { get; init; }

    public long ModelRevision { get; init; }

    public long SubjectRevision { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public IReadOnlyList<StepWire>? Trace { get; init; }

    public IReadOnlyList<PolicyStepWire>? Policies { get; init; }

    public IReadOnlyList<OutsideStepWire>? Outside { get; init; }

    public AccessDecision Read() => new()
    {
        IsAllowed = Decision,
        Reason = Reason,
        MatchedPermission = MatchedPermission,
        MatchedRole = MatchedRole,
        MatchedAssignment = MatchedAssignment,
        MatchedPolicy = MatchedPolicy,
        ModelRevision = ModelRevision,
        SubjectRevision = SubjectRevision,
        ValidUntil = ValidUntil,
        Trace = [.. (Trace ?? []).Select(step => step.Read())],
        Policies = [.. (Policies ?? []).Select(step => step.Read())],
        Outside = [.. (Outside ?? []).Select(step => step.Read())],
    };
}
