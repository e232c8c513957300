using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>
/// Constraints, and what each role and each team counts as: the constrained roles that its holders hold, itself and whatever it inherits from,
/// by any edge that can pass something. What is off, suspended, scoped or conditional counts: it may come to give. Immutable.
/// </summary>
public sealed class SeparationTable : IEquatable<SeparationTable>
{
    /// <summary>Of a tenant without constraints.</summary>
    public static readonly SeparationTable Empty = new(
        ImmutableSortedDictionary.Create<string, SeparationConstraint>(StringComparer.Ordinal), new Dictionary<RoleId, ImmutableArray<RoleId>>(),
        new Dictionary<string, ImmutableArray<CountedRole>>());

    // What it was made of; null: it was read. Not the model: that leads to tables of before.
    private (object Roles, object TeamGrants, ImmutableArray<string> Packs)? _of;

    /// <summary>With its parts, as they were stored.</summary>
    public SeparationTable(
        ImmutableSortedDictionary<string, SeparationConstraint> constraints, IReadOnlyDictionary<RoleId, ImmutableArray<RoleId>> roles,
        IReadOnlyDictionary<string, ImmutableArray<CountedRole>> teams) => (Constraints, Roles, Teams) = (constraints, roles, teams);

    /// <summary>The constraints by id.</summary>
    public ImmutableSortedDictionary<string, SeparationConstraint> Constraints { get; }

    /// <summary>What roles count as, in ordinal order; those that count for nothing are absent.</summary>
    public IReadOnlyDictionary<RoleId, ImmutableArray<RoleId>> Roles { get; }

    /// <summary>What teams count as, in ordinal order; those that count for nothing are absent.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<CountedRole>> Teams { get; }

    /// <summary>That of a model.</summary>
    public static SeparationTable Of(TenantModel model)
    {
        if (model.Constraints.IsEmpty)
        {
            return Empty;
        }
        var roles = new Dictionary<RoleId, ImmutableArray<RoleId>>();
        // In order, so that each list comes to be in order.
        foreach (var constrained in model.Constraints.Values.SelectMany(constraint => constraint.Roles).Distinct().OrderBy(role => role.Value, StringComparer.Ordinal))
        {
            foreach (var heir in HeirsOf(model.Catalog, constrained))
            {
                roles[heir] = roles.TryGetValue(heir, out var known) ? known.Add(constrained) : [constrained];
            }
        }
        var teams = new Dictionary<string, ImmutableArray<CountedRole>>(StringComparer.Ordinal);
        foreach (var (team, grants) in model.TeamGrants)
        {
            if (CountsOf(grants, roles) is { IsEmpty: false } counted)
            {
                teams.Add(team, counted);
            }
        }
        return new SeparationTable(model.Constraints, roles, teams) { _of = (model.Roles, model.TeamGrants, model.Packs) };
    }

    /// <summary>What a team counts as at an instant.</summary>
    public ImmutableArray<RoleId> OfTeam(string team, DateTimeOffset now) =>
        Teams.TryGetValue(team, out var counted) ? [.. counted.Where(one => !(one.Until <= now)).Select(one => one.Role)] : [];

    /// <summary>What a role counts as.</summary>
    public ImmutableArray<RoleId> OfRole(RoleId role) => Roles.TryGetValue(role, out var counted) ? counted : [];

    /// <summary>The first constraint that who holds this breaks; null: none.</summary>
    /// <param name="state">What they hold.</param>
    /// <param name="now">What ends later counts, what begins later too.</param>
    /// <param name="toward">Only constraints that name one of these; null: all.</param>
    public SeparationConflict? Find(SubjectAssignments state, DateTimeOffset now, ImmutableArray<RoleId>? toward)
    {
        if (Constraints.IsEmpty || toward is { IsEmpty: true })
        {
            return null;
        }
        var held = new HashSet<RoleId>();
        foreach (var assignment in state.Live.Where(assignment => assignment.IsLiveAt(now)))
        {
            held.UnionWith(OfRole(assignment.Role));
        }
        foreach (var team in state.Teams)
        {
            held.UnionWith(OfTeam(team, now));
        }
        foreach (var constraint in Constraints.Values)
        {
            if ((toward is not { } given || constraint.Roles.Any(given.Contains)) && constraint.Roles.Count(held.Contains) > constraint.Max)
            {
                return new SeparationConflict(constraint, [.. constraint.Roles.Where(held.Contains)]);
            }
        }
        return null;
    }

    /// <summary>Equal in content.</summary>
    public bool Equals(SeparationTable? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Constraints.SequenceEqual(other.Constraints)
        && Roles.Count == other.Roles.Count && Roles.All(role => other.OfRole(role.Key).SequenceEqual(role.Value))
        && Teams.Count == other.Teams.Count && Teams.All(team => other.Teams.TryGetValue(team.Key, out var counted) && counted.SequenceEqual(team.Value)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SeparationTable);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Constraints.Count, Roles.Count, Teams.Count);

    /// <summary>Whether it is that of a model.</summary>
    internal bool IsOf(TenantModel model) => model.Constraints.IsEmpty ? ReferenceEquals(this, Empty)
        : _of is { } of && ReferenceEquals(Constraints, model.Constraints) && ReferenceEquals(of.Roles, model.Roles)
        && ReferenceEquals(of.TeamGrants, model.TeamGrants) && of.Packs.SequenceEqual(model.Packs);

    private static ImmutableArray<CountedRole> CountsOf(ImmutableArray<Assignment> grants, Dictionary<RoleId, ImmutableArray<RoleId>> roles)
    {
        var counted = new SortedDictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            foreach (var role in roles.GetValueOrDefault(grant.Role, []))
            {
                // Null is never, and later than everything.
                var later = counted.TryGetValue(role.Value, out var until) && (until is null || until > grant.ExpiresAt) ? until : grant.ExpiresAt;
                counted[role.Value] = later;
            }
        }
        return [.. counted.Select(one => new CountedRole(new RoleId(one.Key), one.Value))];
    }

    private static IEnumerable<RoleId> HeirsOf(RoleCatalog catalog, RoleId role)
    {
        var (seen, open) = (new HashSet<RoleId> { role }, new Queue<RoleId>([role]));
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var child in catalog.ChildrenOf(next))
            {
                var edge = catalog.Find(child)!.Parents.First(parent => parent.Parent == next);
                if (edge.Type != InheritanceType.None && seen.Add(child))
                {
                    open.Enqueue(child);
                }
            }
        }
    }
}
