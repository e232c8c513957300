using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Assignments;

/// <summary>Decides edits of what one subject holds. Pure: the state that is given stays as it is.</summary>
public static class SubjectEditor
{
    /// <summary>
    /// Gives a role, or updates the live assignment of the same role and scope. An inactive role can be given: it counts
    /// for nothing until it is switched on. One that is being deleted cannot: <see cref="ErrorCode.RoleNotFound"/>.
    /// </summary>
    public static Result<SubjectChange> Assign(
        SubjectAssignments state, SubjectId subject, RoleDefinition role, AssignmentDraft draft, string newId, string grantedBy, DateTimeOffset now,
        CustomConditions? custom = null)
    {
        if (role.IsDeleting)
        {
            return new AuthzError(ErrorCode.RoleNotFound, $"there is no role `{role.Name}`");
        }
        var errors = CheckSubject(subject);
        AssignmentRules.Check(draft, "", errors, custom ?? CustomConditions.None);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        return GrantList.Put(state.Live, state.History.Where(ended => ended.IsOf(role)), subject, role.Id, draft, newId, grantedBy, now)
            .Map(granted => Change(state, granted));
    }

    /// <summary>
    /// Changes one assignment: suspends, resumes, prolongs, shortens. What was so already is no change. Unknown:
    /// <see cref="ErrorCode.AssignmentNotFound"/>; one that has ended: <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    public static Result<SubjectChange> Patch(
        SubjectAssignments state, SubjectId subject, string id, AssignmentPatch patch, DateTimeOffset now, CustomConditions? custom = null) =>
        GrantList.Patch(state.Live, state.History, subject, id, patch, custom ?? CustomConditions.None, now).Map(granted => Change(state, granted));

    /// <summary>
    /// Takes back the live assignments of a role: the one with this scope, or all where it is null. None:
    /// <see cref="ErrorCode.AssignmentNotFound"/>.
    /// </summary>
    public static Result<SubjectChange> Revoke(SubjectAssignments state, SubjectId subject, RoleId role, AttributeBag? scope, DateTimeOffset now)
    {
        var audit = ImmutableArray.CreateBuilder<AuditEntry>();
        var (live, ended) = GrantList.Revoke(state.Live, subject, role, scope, now, audit);
        return ended.IsEmpty
            ? new AuthzError(ErrorCode.AssignmentNotFound, $"`{subject}` has no such assignment of the role `{role}`")
            : new SubjectChange(Next(state) with { Live = live, History = GrantList.Keep(state.History, ended) }, ended, audit.ToImmutable());
    }

    /// <summary>Moves what has come to its end into the history, and tells of each once.</summary>
    public static SubjectChange Expire(SubjectAssignments state, SubjectId subject, DateTimeOffset now)
    {
        var audit = ImmutableArray.CreateBuilder<AuditEntry>();
        var (live, ended) = GrantList.Expire(state.Live, subject, now, audit);
        return ended.IsEmpty
            ? Unchanged(state)
            : new SubjectChange(Next(state) with { Live = live, History = GrantList.Keep(state.History, ended) }, ended, audit.ToImmutable());
    }

    /// <summary>Tells of ends that are near, once each, and lets go of what has been in the history for long enough.</summary>
    public static SubjectChange Keep(SubjectAssignments state, SubjectId subject, Upkeep upkeep, DateTimeOffset now)
    {
        var audit = ImmutableArray.CreateBuilder<AuditEntry>();
        var live = GrantList.Remind(state.Live, subject, upkeep, now, audit);
        var history = GrantList.Forget(state.History, upkeep, now);
        return audit.Count == 0 && history.Length == state.History.Length
            ? Unchanged(state) : new SubjectChange(Next(state) with { Live = live, History = history }, [], audit.ToImmutable());
    }

    /// <summary>Puts the subject into a team; one that is in it changes nothing.</summary>
    public static Result<SubjectChange> JoinTeam(SubjectAssignments state, SubjectId subject, string team, DateTimeOffset now)
    {
        var errors = CheckSubject(subject);
        AssignmentRules.CheckTeam(team, "team", errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var index = state.Teams.BinarySearch(team, StringComparer.Ordinal);
        if (index >= 0)
        {
            return Unchanged(state);
        }
        return state.Teams.Length >= AssignmentRules.MostTeams
            ? new AuthzError(ErrorCode.InvalidState, $"`{subject}` is in {AssignmentRules.MostTeams} teams; more are not possible")
            : new SubjectChange(Next(state) with { Teams = state.Teams.Insert(~index, team) }, [],
                [new AuditEntry(AuditActions.TeamMemberAdded, "team", team, null, Member(subject))]);
    }

    /// <summary>Takes the subject out of a team; <see cref="ErrorCode.NotFound"/> where it is not in it.</summary>
    public static Result<SubjectChange> LeaveTeam(SubjectAssignments state, SubjectId subject, string team, DateTimeOffset now)
    {
        var index = state.Teams.BinarySearch(team, StringComparer.Ordinal);
        return index < 0
            ? new AuthzError(ErrorCode.NotFound, $"`{subject}` is not in the team {TextRules.Quote(team)}")
            : new SubjectChange(Next(state) with { Teams = state.Teams.RemoveAt(index) }, [],
                [new AuditEntry(AuditActions.TeamMemberRemoved, "team", team, Member(subject), null)]);
    }

    private static SubjectChange Change(SubjectAssignments state, GrantList.Granted granted) => granted.Audit is null
        ? Unchanged(state) with { Affected = [granted.Assignment] }
        : new SubjectChange(Next(state) with { Live = granted.Live }, [granted.Assignment], [granted.Audit]) { IsNew = granted.IsNew };

    private static SubjectChange Unchanged(SubjectAssignments state) => new(state, [], []) { IsNoOp = true };

    private static SubjectAssignments Next(SubjectAssignments state) => state with { Revision = state.Revision + 1 };

    private static AttributeBag Member(SubjectId subject) => AttributeBag.Of(("member", AttributeValue.Of(subject.ToString())));

    private static List<FieldError> CheckSubject(SubjectId subject)
    {
        var errors = new List<FieldError>();
        AssignmentRules.CheckPrincipal(subject, "", errors);
        if (subject.IsTeam)
        {
            errors.Add(new FieldError("principal.type", "a team is no subject"));
        }
        return errors;
    }
}
