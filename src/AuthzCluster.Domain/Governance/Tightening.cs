using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>
/// What of a change of the model could put somebody in conflict who holds what they hold already: by it constraints ask for more, or roles or
/// teams count as more. Of what nobody can hold yet, and of what only loosens, there is nothing in it.
/// </summary>
/// <param name="Constraints">New ones, and those with more roles or a lower maximum.</param>
/// <param name="Roles">Roles that count as more of what was constrained before.</param>
/// <param name="Teams">Teams that do.</param>
public sealed record Tightening(ImmutableArray<SeparationConstraint> Constraints, ImmutableArray<RoleId> Roles, ImmutableArray<string> Teams)
{
    /// <summary>That of a change; null: it tightens nothing.</summary>
    public static Tightening? Between(TenantModel before, TenantModel after, DateTimeOffset now)
    {
        var (old, next) = (before.Separation, after.Separation);
        if (next.Constraints.IsEmpty || ReferenceEquals(old, next))
        {
            return null;
        }
        var known = old.Constraints.Values.SelectMany(constraint => constraint.Roles).ToHashSet();
        var found = new Tightening(
            [.. next.Constraints.Values.Where(constraint => !old.Constraints.TryGetValue(constraint.Id, out var had) || constraint.Max < had.Max || constraint.Roles.Except(had.Roles).Any())],
            [.. next.Roles.Keys.Where(role => before.Catalog.Find(role) is not null && HasMore(old.OfRole(role), next.OfRole(role)))],
            [.. next.Teams.Keys.Where(team => HasMore(old.OfTeam(team, now), next.OfTeam(team, now)))]);
        return found.Constraints.IsEmpty && found.Roles.IsEmpty && found.Teams.IsEmpty ? null : found;

        // What was named by no constraint is looked at with those that name it now.
        bool HasMore(ImmutableArray<RoleId> had, ImmutableArray<RoleId> has) => has.Any(role => known.Contains(role) && !had.Contains(role));
    }
}
