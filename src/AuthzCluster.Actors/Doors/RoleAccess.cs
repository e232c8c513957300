using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>
/// Who has what by a role, with the way by which each permission came: each who was given it, or a role that inherits from it, by itself or by a team, times all that it effectively
/// gives. Only what counts now is told; what hangs on a scope, a condition or a policy is told so: whether it holds, a check says.
/// </summary>
/// <param name="roles">What the role gives.</param>
/// <param name="assignments">Who has it.</param>
public sealed class RoleAccess(IRoles roles, IAssignments assignments)
{
    // Holders and members that are read at once.
    private const int Chunk = 100;

    /// <summary>One page. Errors as those of the ports; a place that is none is <see cref="FormatException"/>.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="role">The role's id or name.</param>
    /// <param name="after">Where the last page ended; null: from the first.</param>
    /// <param name="limit">At least 1.</param>
    public async Task<Result<Page<RoleAccessEntry>>> ReadAsync(TenantId tenant, string role, string? after, int limit)
    {
        var place = after is null ? null : RoleAccessPlace.Parse(after);
        var review = await roles.ReviewAsync(tenant, role);
        if (!review.IsOk)
        {
            return review.Error;
        }
        var denials = new RoleDenials(review.Value.Denials);
        var (entries, next) = (new List<RoleAccessEntry>(limit), (string?)null);
        // One that gave something when the last page was told, and does not any more, is passed over, and with it all before it.
        var all = review.Value.Roles.OrderBy(ways => ways.Role.Value, StringComparer.Ordinal).Where(ways => place is null || string.CompareOrdinal(ways.Role.Value, place.Role) >= 0);
        foreach (var ways in all)
        {
            await foreach (var told in TellAsync(tenant, ways, place?.Role == ways.Role.Value ? place : null))
            {
                if (!told.IsOk)
                {
                    return told.Error;
                }
                if (entries.Count == limit)
                {
                    return new Page<RoleAccessEntry>(entries, next);
                }
                var (view, subject, way) = told.Value;
                var denied = denials.Of(subject, way.Permission);
                var isConditional = way.IsConditional || view.Assignment.Scope.Count > 0 || !view.Assignment.Conditions.IsDefaultOrEmpty || denied.Length > 0 || review.Value.IsOpen;
                var entry = new RoleAccessEntry(
                    subject, way.Permission, ways.Name, view.Assignment.Id, view.Principal.IsTeam ? view.Principal.Id : null, way.Path, isConditional, denied);
                entries.Add(entry);
                next = entries.Count == limit ? RoleAccessPlace.Of(tenant, ways.Role, view.Principal, entry).ToString() : null;
            }
        }
        return new Page<RoleAccessEntry>(entries, null);
    }

    private async IAsyncEnumerable<Result<(AssignmentView View, SubjectId Subject, InheritedPermission Way)>> TellAsync(TenantId tenant, RoleWays role, RoleAccessPlace? place)
    {
        InheritedPermission[] ways = [.. role.Ways.OrderBy(way => way.Permission.ToString(), StringComparer.Ordinal)];
        // All of the holder at which the last page ended come again: it may have been given the role more than once.
        var cursor = place is null ? null : $"{place.Holder} ";
        do
        {
            var page = await assignments.ListByRoleAsync(tenant, role.Role.Value, new HolderQuery(cursor, Chunk));
            if (!page.IsOk)
            {
                yield return page.Error;
                yield break;
            }
            foreach (var view in page.Value.Items.Where(view => view.Status == AssignmentStatus.Active && place?.IsBehind(tenant, view) != true))
            {
                await foreach (var who in SubjectsAsync(tenant, view.Principal, place?.IsIn(tenant, view) == true ? place : null))
                {
                    if (!who.IsOk)
                    {
                        yield return who.Error;
                        yield break;
                    }
                    foreach (var way in ways.Where(way => who.Value.After is null || string.CompareOrdinal(way.Permission.ToString(), who.Value.After) > 0))
                    {
                        yield return (view, who.Value.Subject, way);
                    }
                }
            }
            cursor = page.Value.Next;
        }
        while (cursor is not null);
    }

    // Who has an assignment, and after which permission to go on with each; null: from the first.
    private async IAsyncEnumerable<Result<(SubjectId Subject, string? After)>> SubjectsAsync(TenantId tenant, SubjectId holder, RoleAccessPlace? place)
    {
        if (!holder.IsTeam)
        {
            yield return (holder, place?.Permission);
            yield break;
        }
        if (place is not null)
        {
            // Who has left the team meanwhile has no more of it.
            var member = new ActorKey(place.Subject).Subject;
            var teams = await assignments.ListTeamsAsync(tenant, member);
            if (!teams.IsOk)
            {
                yield return teams.Error;
                yield break;
            }
            if (teams.Value.Contains(holder.Id))
            {
                yield return (member, place.Permission);
            }
        }
        var cursor = place?.Subject;
        do
        {
            var page = await assignments.ListTeamMembersAsync(tenant, holder.Id, cursor, Chunk);
            if (!page.IsOk)
            {
                yield return page.Error;
                yield break;
            }
            foreach (var member in page.Value.Items)
            {
                yield return (member, (string?)null);
            }
            cursor = page.Value.Next;
        }
        while (cursor is not null);
    }
}
