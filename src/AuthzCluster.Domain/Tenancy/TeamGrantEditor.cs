using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>Decides edits of what teams hold. Pure: the model that is given stays as it is.</summary>
public static class TeamGrantEditor
{
    /// <summary>Gives a role to a team, or updates the live assignment of the same role and scope. An inactive role can be given.</summary>
    public static Result<ModelChange> Assign(
        TenantModel model, string team, RoleId role, AssignmentDraft draft, string newId, string grantedBy, DateTimeOffset now)
    {
        if (model.Catalog.Find(role) is not { IsDeleting: false })
        {
            return new AuthzError(ErrorCode.RoleNotFound, $"there is no role {TextRules.Quote(role.Value)}");
        }
        var errors = new List<FieldError>();
        AssignmentRules.CheckPrincipal(SubjectId.Team(team), "", errors);
        AssignmentRules.Check(draft, "", now, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        return Put(model.TeamGrants, team, role, draft, newId, grantedBy, now).Map(granted =>
            granted.Audit is null
                ? ModelChange.None(model) with { TeamAssignments = [granted.Assignment] }
                : new ModelChange(Next(model, model.TeamGrants.SetItem(team, granted.Live), now), [granted.Audit], [])
                {
                    TeamAssignments = [granted.Assignment],
                    IsNew = granted.IsNew,
                });
    }

    /// <summary>
    /// Takes back a team's live assignments of a role: the one with this scope, or all where it is null. None:
    /// <see cref="ErrorCode.AssignmentNotFound"/>.
    /// </summary>
    public static Result<ModelChange> Revoke(TenantModel model, string team, RoleId role, AttributeBag? scope, DateTimeOffset now)
    {
        var audit = ImmutableArray.CreateBuilder<AuditEntry>();
        var (live, ended) = GrantList.Revoke(model.TeamGrants.GetValueOrDefault(team, []), SubjectId.Team(team), role, scope, now, audit);
        return ended.IsEmpty
            ? new AuthzError(ErrorCode.AssignmentNotFound, $"the team {TextRules.Quote(team)} has no such assignment of the role `{role}`")
            : new ModelChange(Next(model, Set(model.TeamGrants, team, live), now), audit.ToImmutable(), []) { TeamAssignments = ended };
    }

    /// <summary>Takes out what has come to its end, and tells of each once.</summary>
    public static ModelChange Expire(TenantModel model, DateTimeOffset now)
    {
        var (audit, all) = (ImmutableArray.CreateBuilder<AuditEntry>(), ImmutableArray.CreateBuilder<Assignment>());
        var teams = model.TeamGrants;
        foreach (var (team, grants) in model.TeamGrants)
        {
            var (live, ended) = GrantList.Expire(grants, SubjectId.Team(team), now, audit);
            all.AddRange(ended);
            teams = ended.IsEmpty ? teams : Set(teams, team, live);
        }
        return all.Count == 0
            ? ModelChange.None(model)
            : new ModelChange(Next(model, teams, now), audit.ToImmutable(), []) { TeamAssignments = all.ToImmutable() };
    }

    /// <summary>The team assignments without those of a role, which are revoked, and those that have come to their end.</summary>
    internal static (ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Teams, ImmutableArray<Assignment> Ended) Without(
        TenantModel model, RoleId role, DateTimeOffset now, ImmutableArray<AuditEntry>.Builder audit)
    {
        var (teams, all) = (model.TeamGrants, ImmutableArray.CreateBuilder<Assignment>());
        foreach (var (team, grants) in model.TeamGrants.Where(pair => pair.Value.Any(grant => grant.Role == role)))
        {
            var (live, expired) = GrantList.Expire(grants, SubjectId.Team(team), now, audit);
            (live, var revoked) = GrantList.Revoke(live, SubjectId.Team(team), role, null, now, audit);
            all.AddRange(expired);
            all.AddRange(revoked);
            teams = Set(teams, team, live);
        }
        return (teams, all.ToImmutable());
    }

    internal static Result<GrantList.Granted> Put(
        IReadOnlyDictionary<string, ImmutableArray<Assignment>> teams, string team, RoleId role, AssignmentDraft draft,
        string newId, string grantedBy, DateTimeOffset now) =>
        GrantList.Put(teams.GetValueOrDefault(team, []), SubjectId.Team(team), role, draft, newId, grantedBy, now);

    private static ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Set(
        ImmutableSortedDictionary<string, ImmutableArray<Assignment>> teams, string team, ImmutableArray<Assignment> live) =>
        live.IsEmpty ? teams.Remove(team) : teams.SetItem(team, live);

    private static TenantModel Next(TenantModel model, ImmutableSortedDictionary<string, ImmutableArray<Assignment>> teams, DateTimeOffset now) =>
        model with { TeamGrants = teams, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) };
}
