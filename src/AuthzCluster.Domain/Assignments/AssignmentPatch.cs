using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Assignments;

/// <summary>A change of an assignment as a caller writes it: what is null stays as it is. Nothing of it is checked yet.</summary>
public sealed record AssignmentPatch
{
    /// <summary>False suspends, true resumes.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The start, inclusive; a replacement by null: from the beginning.</summary>
    public Replacement<DateTimeOffset?>? StartsAt { get; init; }

    /// <summary>The end, exclusive; a replacement by null: never.</summary>
    public Replacement<DateTimeOffset?>? ExpiresAt { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>Why, for the assignment and for the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Free data, in place of all that was there.</summary>
    public AttributeBag? Metadata { get; init; }

    /// <summary>
    /// Whether a change of an assignment gives something: it is resumed, starts earlier, ends later, or lacks a condition that
    /// it had. Suspending, shortening, more conditions, reason and metadata give nothing.
    /// </summary>
    public static bool Widens(Assignment before, Assignment after) =>
        (before.IsSuspended && !after.IsSuspended)
        || (after.StartsAt ?? DateTimeOffset.MinValue) < (before.StartsAt ?? DateTimeOffset.MinValue)
        || (after.ExpiresAt ?? DateTimeOffset.MaxValue) > (before.ExpiresAt ?? DateTimeOffset.MaxValue)
        || before.Conditions.Any(condition => !after.Conditions.Contains(condition));

    /// <summary>The assignment with this patch.</summary>
    internal Assignment Apply(Assignment assignment) => assignment with
    {
        IsSuspended = IsActive is { } isActive ? !isActive : assignment.IsSuspended,
        StartsAt = StartsAt is { } start ? Tenancy.Instants.Cut(start.Value) : assignment.StartsAt,
        ExpiresAt = ExpiresAt is { } end ? Tenancy.Instants.Cut(end.Value) : assignment.ExpiresAt,
        Conditions = Conditions is null ? assignment.Conditions : [.. Conditions],
        Reason = Reason ?? assignment.Reason,
        Metadata = Metadata ?? assignment.Metadata,
    };
}
