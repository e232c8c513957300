using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What one subject holds, as decisions read it. Immutable but for a memo that never changes an answer.</summary>
public sealed class SubjectGrants
{
    private readonly SubjectAssignments _state;
    private readonly CompiledAssignment[] _own;

    // Any thread may replace it: each value is whole and says which compilation it is for.
    private BoundGrants? _bound;

    private SubjectGrants(SubjectId subject, SubjectAssignments state)
    {
        Subject = subject;
        _state = state;
        _own = state.Live.IsEmpty ? [] : [.. state.Live.Select(assignment => new CompiledAssignment(assignment, team: null))];
    }

    /// <summary>The subject.</summary>
    public SubjectId Subject { get; }

    /// <summary>The revision of what was compiled; 0: nothing is stored.</summary>
    public long Revision => _state.Revision;

    /// <summary>The subject's teams, in ordinal order.</summary>
    internal ImmutableArray<string> Teams => _state.Teams;

    /// <summary>Compiles what is stored of a subject.</summary>
    public static SubjectGrants Compile(SubjectId subject, SubjectAssignments state) => new(subject, state);

    /// <summary>The grants joined with a tenant; joined anew once for each compilation of it.</summary>
    internal BoundGrants BindTo(CompiledTenant tenant)
    {
        var bound = _bound;
        if (bound is null || !ReferenceEquals(bound.Stamp, tenant.Stamp))
        {
            _bound = bound = BoundGrants.Bind(tenant, All(tenant));
        }
        return bound;
    }

    /// <summary>The subject's assignments and those of its teams.</summary>
    internal IEnumerable<CompiledAssignment> All(CompiledTenant tenant) => _own.Concat(Teams.SelectMany(tenant.GrantsOf));

    /// <summary>Whether the subject is in a team.</summary>
    internal bool IsIn(string team) => Teams.BinarySearch(team, StringComparer.Ordinal) >= 0;
}
