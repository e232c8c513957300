using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Assignments;

/// <summary>An assignment as a caller writes it; nothing of it is checked yet.</summary>
/// <param name="Principal">Who gets the role: a subject or a team.</param>
public sealed record AssignmentDraft(SubjectId Principal)
{
    /// <summary>Inclusive; null: at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Exclusive; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the request must say of the resource.</summary>
    public AttributeBag Scope { get; init; } = AttributeBag.Empty;

    /// <summary>Conditions; all must hold.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asked and who approved; set by the writer of the request alone.</summary>
    public AssignmentApproval? Approval { get; init; }

    /// <summary>Free data.</summary>
    public AttributeBag Metadata { get; init; } = AttributeBag.Empty;
}
