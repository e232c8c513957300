namespace AuthzCluster.Client.Http;

/// <summary>A policy in an explanation; for who may not read policies its id, and whether it decided.</summary>
internal sealed record PolicyStepWire(
    string? Policy, bool Decided, string? Name, string? Effect, int? Priority, string? Role, string? Outcome, bool? MatchesTarget, IReadOnlyList<ConditionStepWire>? Conditions)
{
    public PolicyStep Read() => new()
    {
        Policy = Policy ?? "",
        Decided = Decided,
        Name = Name,
        Effect = Effect switch
        {
            "allow" => PolicyEffect.Allow,
            "deny" => PolicyEffect.Deny,
            _ => null,
        },
        Priority = Priority,
        Role = Role,
        Outcome = Outcome,
        MatchesTarget = MatchesTarget,
        Conditions = ConditionStepWire.Read(Conditions),
    };
}
