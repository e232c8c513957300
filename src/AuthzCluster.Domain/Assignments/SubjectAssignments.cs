using System.Collections.Immutable;

namespace AuthzCluster.Domain.Assignments;

/// <summary>All that one subject holds, as it is stored: the state of its single writer. Immutable.</summary>
public sealed record SubjectAssignments
{
    /// <summary>Of a subject that nothing is stored of.</summary>
    public static readonly SubjectAssignments None = new();

    /// <summary>One more with each change; 0: nothing stored.</summary>
    public long Revision { get; init; }

    /// <summary>Live assignments: neither revoked nor ended by their expiry.</summary>
    public ImmutableArray<Assignment> Live { get; init; } = [];

    /// <summary>Ended assignments, newest first, at most <see cref="HistoryLimit"/>; older ones are in the audit log.</summary>
    public ImmutableArray<Assignment> History { get; init; } = [];

    /// <summary>The teams that the subject is in, in ordinal order.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>How many ended assignments a subject keeps.</summary>
    public const int HistoryLimit = 100;
}
