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
        if (CheckAssignable(model, role) is { } refusal)
        {
            return refusal;
        }
        var errors = new List<FieldError>();
        AssignmentRules.CheckPrincipal(SubjectId.Team(team), "", errors);
        AssignmentRules.Check(draft, "", errors, model.Custom);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        return GrantList.Put(
            model.TeamGrants.GetValueOrDefault(team, []), model.TeamHistory.GetValueOrDefault(team, []), SubjectId.Team(team), role, draft, newId, grantedBy, now)
            .Map(granted => Change(model, team, granted, now));
    }

    /// <summary>The team and its assignment of this id, ended ones that are kept too; null: none.</summary>
    public static TeamAssignment? Find(TenantModel model, string id)
    {
        foreach (var (team, grants) in model.TeamGrants.Concat(model.TeamHistory))
        {
            if (grants.FirstOrDefault(grant => grant.Id == id) is { } found)
            {
                return new TeamAssignment(team, found);
            }
        }
        return null;
    }

    /// <summary>
    /// Changes one assignment of a team: suspends, resumes, prolongs, shortens. What was so already is no change. Unknown:
    /// <see cref="ErrorCode.AssignmentNotFound"/>; one that has ended: <see cref="ErrorCode.InvalidState"/>; one that is to give
    /// more, of a role that is being deleted: <see cref="ErrorCode.RoleNotFound"/>.
    /// </summary>
    public static Result<ModelChange> Patch(TenantModel model, string id, AssignmentPatch patch, DateTimeOffset now)
    {
        if (Find(model, id) is not (var team, var old))
        {
            return GrantList.NoAssignment(id);
        }
        var patched = GrantList.Patch(
            model.TeamGrants.GetValueOrDefault(team, []), model.TeamHistory.GetValueOrDefault(team, []), SubjectId.Team(team), id, patch, model.Custom, now);
        return patched.Then<ModelChange>(granted =>
            AssignmentPatch.Widens(old, granted.Assignment) && CheckAssignable(model, old.Role) is { } refusal
                ? refusal
                : Change(model, team, granted, now));
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
            : new ModelChange(
                Next(model, Set(model.TeamGrants, team, live), now) with { TeamHistory = Keep(model.TeamHistory, team, ended) }, audit.ToImmutable(), [])
            {
                TeamAssignments = ended,
            };
    }

    /// <summary>
    /// Moves what has come to its end into the history, and tells of each once; tells of ends that are near, and lets go of what has been in the history for long enough.
    /// </summary>
    public static ModelChange Expire(TenantModel model, DateTimeOffset now)
    {
        var (audit, all) = (ImmutableArray.CreateBuilder<AuditEntry>(), ImmutableArray.CreateBuilder<Assignment>());
        var (teams, history) = (model.TeamGrants, model.TeamHistory);
        foreach (var (team, grants) in model.TeamGrants)
        {
            var (live, ended) = GrantList.Expire(grants, SubjectId.Team(team), now, audit);
            if (!ended.IsEmpty)
            {
                all.AddRange(ended);
                (teams, history) = (Set(teams, team, live), Keep(history, team, ended));
            }
        }
        var upkeep = Upkeep.Of(model);
        foreach (var (team, grants) in upkeep.IsAny ? teams : teams.Clear())
        {
            teams = teams.SetItem(team, GrantList.Remind(grants, SubjectId.Team(team), upkeep, now, audit));
        }
        foreach (var (team, ended) in upkeep.IsAny ? history : history.Clear())
        {
            var kept = GrantList.Forget(ended, upkeep, now);
            history = kept.Length == ended.Length ? history : Set(history, team, kept);
        }
        return audit.Count == 0 && ReferenceEquals(history, model.TeamHistory)
            ? ModelChange.None(model)
            : new ModelChange(Next(model, teams, now) with { TeamHistory = history }, audit.ToImmutable(), []) { TeamAssignments = all.ToImmutable() };
    }

    /// <summary>The model without a role's team assignments, ended ones too, and those that were ended: revoked or expired.</summary>
    internal static (TenantModel Model, ImmutableArray<Assignment> Ended) Without(
        TenantModel model, RoleId role, DateTimeOffset now, ImmutableArray<AuditEntry>.Builder audit)
    {
        var (teams, history, all) = (model.TeamGrants, model.TeamHistory, ImmutableArray.CreateBuilder<Assignment>());
        foreach (var (team, grants) in model.TeamGrants.Where(pair => pair.Value.Any(grant => grant.Role == role)))
        {
            var (live, expired) = GrantList.Expire(grants, SubjectId.Team(team), now, audit);
            (live, var revoked) = GrantList.Revoke(live, SubjectId.Team(team), role, null, now, audit);
            all.AddRange(expired);
            all.AddRange(revoked);
            (teams, history) = (Set(teams, team, live), Keep(history, team, expired));
        }
        foreach (var (team, ended) in history.Where(pair => pair.Value.Any(grant => grant.Role == role)))
        {
            history = Set(history, team, ended.RemoveAll(grant => grant.Role == role));
        }
        return (model with { TeamGrants = teams, TeamHistory = history }, all.ToImmutable());
    }

    private static AuthzError? CheckAssignable(TenantModel model, RoleId role) => model.Catalog.Find(role) is { IsDeleting: false } definition
        ? Editions.CheckAssign(model.Edition, definition)
        : new AuthzError(ErrorCode.RoleNotFound, $"there is no role {TextRules.Quote(role.Value)}");

    private static ModelChange Change(TenantModel model, string team, GrantList.Granted granted, DateTimeOffset now) => granted.Audit is null
        ? ModelChange.None(model) with { TeamAssignments = [granted.Assignment] }
        : new ModelChange(Next(model, model.TeamGrants.SetItem(team, granted.Live), now), [granted.Audit], [])
        {
            TeamAssignments = [granted.Assignment],
            IsNew = granted.IsNew,
        };

    private static ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Set(
        ImmutableSortedDictionary<string, ImmutableArray<Assignment>> teams, string team, ImmutableArray<Assignment> grants) =>
        grants.IsEmpty ? teams.Remove(team) : teams.SetItem(team, grants);

    private static ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Keep(
        ImmutableSortedDictionary<string, ImmutableArray<Assignment>> history, string team, ImmutableArray<Assignment> ended) =>
        Set(history, team, GrantList.Keep(history.GetValueOrDefault(team, []), ended));

    private static TenantModel Next(TenantModel model, ImmutableSortedDictionary<string, ImmutableArray<Assignment>> teams, DateTimeOffset now) =>
        model with { TeamGrants = teams, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) };
}
