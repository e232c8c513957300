namespace AuthzCluster.Client;

/// <summary>The answer to a question.</summary>
public sealed record AccessDecision
{
    /// <summary>Yes or no.</summary>
    public required bool IsAllowed { get; init; }

    /// <summary>Why, as a code: one of <see cref="DecisionReason"/>, or a newer one.</summary>
    public required string Reason { get; init; }

    /// <summary>The permission that covers; null: none does.</summary>
    public string? MatchedPermission { get; init; }

    /// <summary>The role that gives it, by name.</summary>
    public string? MatchedRole { get; init; }

    /// <summary>The assignment that gives the role, by id.</summary>
    public string? MatchedAssignment { get; init; }

    /// <summary>The policy that decided, by id; null: none did.</summary>
    public string? MatchedPolicy { get; init; }

    /// <summary>Which state of the tenant's roles and policies it is about; grows with every change.</summary>
    public long ModelRevision { get; init; }

    /// <summary>Which state of the subject's assignments it is about.</summary>
    public long SubjectRevision { get; init; }

    /// <summary>Before this instant time alone cannot change the answer; a write can. Null: time alone never does.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The assignments that were looked at, of an explanation; empty otherwise.</summary>
    public IReadOnlyList<DecisionStep> Trace { get; init; } = [];

    /// <summary>The policies that were looked at up to the one that decided, of an explanation; empty otherwise.</summary>
    public IReadOnlyList<PolicyStep> Policies { get; init; } = [];

    /// <summary>What outside engines were asked, in that order, of an explanation to a caller who may read policies; empty otherwise.</summary>
    public IReadOnlyList<OutsideStep> Outside { get; init; } = [];
}
