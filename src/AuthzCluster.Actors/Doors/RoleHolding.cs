using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>Who holds a role now: by an own assignment or a team's, and of a role that is active, since callers take a yes for an allow.</summary>
/// <param name="roles">Roles.</param>
/// <param name="assignments">Assignments.</param>
public sealed class RoleHolding(IRoles roles, IAssignments assignments)
{
    /// <summary>By which assignment; none: <see cref="ErrorCode.AssignmentNotFound"/>.</summary>
    public async Task<Result<AssignmentView>> FindAsync(TenantId tenant, SubjectId principal, string role)
    {
        var found = await roles.GetAsync(tenant, role);
        if (!found.IsOk)
        {
            return found.Error;
        }
        var definition = found.Value.Role;
        if (definition.IsActive)
        {
            var held = await FindOwnAsync(tenant, principal, definition.Id.Value);
            held = held is { IsOk: true, Value: null } && !principal.IsTeam ? await FindInTeamsAsync(tenant, principal, definition.Id.Value) : held;
            if (!held.IsOk || held.Value is not null)
            {
                return held.Map(view => view!);
            }
        }
        return new AuthzError(ErrorCode.AssignmentNotFound, $"`{principal}` does not hold `{definition.Name}` now");
    }

    private async Task<Result<AssignmentView?>> FindOwnAsync(TenantId tenant, SubjectId principal, string role) =>
        (await assignments.ListByPrincipalAsync(tenant, principal, at: null, includeInactive: false))
            .Map(all => all.FirstOrDefault(view => view.Assignment.Role.Value == role && view.Status == AssignmentStatus.Active));

    private async Task<Result<AssignmentView?>> FindInTeamsAsync(TenantId tenant, SubjectId principal, string role)
    {
        var teams = await assignments.ListTeamsAsync(tenant, principal);
        if (!teams.IsOk)
        {
            return teams.Error;
        }
        foreach (var team in teams.Value)
        {
            var held = await FindOwnAsync(tenant, SubjectId.Team(team), role);
            if (held is not { IsOk: true, Value: null })
            {
                return held;
            }
        }
        return (AssignmentView?)null;
    }
}
