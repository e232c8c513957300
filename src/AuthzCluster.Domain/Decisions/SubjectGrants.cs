using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What one subject holds, as decisions read it. Immutable but for a memo that never changes an answer.</summary>
public sealed class SubjectGrants
{
    private readonly SubjectAssignments _state;
    private readonly CompiledAssignment[] _own;

    // Any thread may replace it: each value is whole and says which compilation it is for.
    private BoundGrants? _bound;
    private string[]? _principals;

    private SubjectGrants(SubjectId subject, SubjectAssignments state, CustomConditions custom)
    {
        Subject = subject;
        _state = state;
        _own = state.Live.IsEmpty ? [] : [.. state.Live.Select(assignment => new CompiledAssignment(assignment, team: null, custom))];
        UsesOutside = Array.Exists(_own, assignment => assignment.AsksOutside) || state.History.Any(ended => OutsideCondition.IsIn(ended.Conditions));
    }

    // What it would be with one assignment put in place of that of the same id, or besides.
    private SubjectGrants(SubjectGrants of, CompiledAssignment? other)
    {
        (Subject, _state, UsesOutside) = (of.Subject, of._state, of.UsesOutside);
        _own = other is null ? of._own : [.. of._own.Where(own => own.Definition.Id != other.Definition.Id), other];
    }

    /// <summary>The subject.</summary>
    public SubjectId Subject { get; }

    /// <summary>The revision of what was compiled; 0: nothing is stored.</summary>
    public long Revision => _state.Revision;

    /// <summary>Whether something that the subject holds itself, or held, asks an outside engine.</summary>
    public bool UsesOutside { get; }

    /// <summary>The subject's teams, in ordinal order.</summary>
    internal ImmutableArray<string> Teams => _state.Teams;

    /// <summary>What policies name the subject and its teams by: <c>TYPE:ID</c>. Made when first asked for, and kept.</summary>
    internal string[] Principals => _principals ??= [Subject.ToString(), .. Teams.Select(team => SubjectId.Team(team).ToString())];

    /// <summary>Compiles what is stored of a subject, with the conditions that the host registered.</summary>
    public static SubjectGrants Compile(SubjectId subject, SubjectAssignments state, CustomConditions? custom = null) => new(subject, state, custom ?? CustomConditions.None);

    /// <summary>What the subject would hold with one assignment more, or another in place of its own of the same id; null: as it is. For a look at what might be: joined by itself, so that the memo of what is stays.</summary>
    internal SubjectGrants With(CompiledAssignment? other) => new(this, other);

    /// <summary>
    /// The grants that decide at an instant, joined with a tenant; joined anew once for each compilation of it. What has
    /// ended joins in for an instant at which it might have counted, each time: such questions are rare.
    /// </summary>
    internal BoundGrants BindTo(CompiledTenant tenant, long now)
    {
        var bound = _bound;
        if (bound is null || !ReferenceEquals(bound.Stamp, tenant.Stamp))
        {
            _bound = bound = BoundGrants.Bind(tenant, Live(tenant), EndedUntil(tenant));
        }
        return now < bound.EndedUntil ? BoundGrants.Bind(tenant, All(tenant), bound.EndedUntil) : bound;
    }

    /// <summary>
    /// The subject's assignments and those of its teams, with those that ended by their expiry; not those of a role that
    /// had the id before.
    /// </summary>
    internal IEnumerable<CompiledAssignment> All(CompiledTenant tenant) =>
        Live(tenant).Concat(Ended(tenant).Where(ended => tenant.Find(ended.Grant.Role) is not { } role || ended.Grant.IsOf(role.Definition))
            .Select(ended => new CompiledAssignment(ended.Grant, ended.Team, tenant.Model.Custom)));

    /// <summary>Whether the subject is in a team.</summary>
    internal bool IsIn(string team) => Teams.BinarySearch(team, StringComparer.Ordinal) >= 0;

    private IEnumerable<CompiledAssignment> Live(CompiledTenant tenant) => _own.Concat(Teams.SelectMany(tenant.GrantsOf));

    private IEnumerable<(Assignment Grant, string? Team)> Ended(CompiledTenant tenant) =>
        _state.History.Select(grant => (Grant: grant, Team: (string?)null))
            .Concat(Teams.SelectMany(team => tenant.Model.TeamHistory.GetValueOrDefault(team, []), (team, grant) => (Grant: grant, Team: (string?)team)))
            .Where(ended => ended.Grant.RevokedAt is null);

    private long EndedUntil(CompiledTenant tenant) =>
        Ended(tenant).Select(ended => ended.Grant.ExpiresAt?.UtcTicks ?? 0).DefaultIfEmpty(0).Max();
}
