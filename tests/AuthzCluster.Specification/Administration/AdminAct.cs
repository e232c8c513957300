using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Specification.Administration;

/// <summary>Something that somebody tries to change, in the words of the API. Roles are named by id or name.</summary>
public abstract record AdminAct
{
    public sealed record CreateRole(RoleDraft Draft) : AdminAct;

    public sealed record ReplaceRole(string Role, RoleDraft Draft) : AdminAct;

    public sealed record DeleteRole(string Role, bool Force) : AdminAct;

    public sealed record AddPermission(string Role, string Permission) : AdminAct;

    public sealed record RemovePermission(string Role, string Permission) : AdminAct;

    public sealed record PutParent(string Role, ParentDraft Parent) : AdminAct;

    public sealed record RemoveParent(string Role, string Parent) : AdminAct;

    public sealed record Assign(string Role, AssignmentDraft Draft) : AdminAct;

    /// <summary>Takes back the one with this scope; null: all.</summary>
    public sealed record Revoke(string Role, SubjectId Principal, AttributeBag? Scope) : AdminAct;

    public sealed record JoinTeam(string Team, SubjectId Member) : AdminAct;

    public sealed record LeaveTeam(string Team, SubjectId Member) : AdminAct;

    /// <summary>All or nothing.</summary>
    public sealed record ImportRoles(IReadOnlyList<RoleDraft> Roles, IReadOnlyList<AssignmentRow> TeamGrants) : AdminAct;
}
