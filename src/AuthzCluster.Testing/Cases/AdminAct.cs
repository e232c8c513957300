using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Testing.Cases;

/// <summary>Something that somebody tries to change, in the words of the API. Roles are named by id or name.</summary>
public abstract record AdminAct
{
    /// <summary>Makes a role, and gives it to whom the draft says.</summary>
    public sealed record CreateRole(RoleDraft Draft) : AdminAct;

    /// <summary>Replaces all of a role.</summary>
    public sealed record ReplaceRole(string Role, RoleDraft Draft) : AdminAct;

    /// <summary>Removes a role; with force, from its holders too.</summary>
    public sealed record DeleteRole(string Role, bool Force) : AdminAct;

    /// <summary>Adds a permission to a role.</summary>
    public sealed record AddPermission(string Role, string Permission) : AdminAct;

    /// <summary>Takes a permission out of a role.</summary>
    public sealed record RemovePermission(string Role, string Permission) : AdminAct;

    /// <summary>Adds an edge to a parent, or replaces it.</summary>
    public sealed record PutParent(string Role, ParentDraft Parent) : AdminAct;

    /// <summary>Takes an edge to a parent away.</summary>
    public sealed record RemoveParent(string Role, string Parent) : AdminAct;

    /// <summary>Gives a role.</summary>
    public sealed record Assign(string Role, AssignmentDraft Draft) : AdminAct;

    /// <summary>Takes back the one with this scope; null: all.</summary>
    public sealed record Revoke(string Role, SubjectId Principal, AttributeBag? Scope) : AdminAct;

    /// <summary>Puts somebody into a team.</summary>
    public sealed record JoinTeam(string Team, SubjectId Member) : AdminAct;

    /// <summary>Takes somebody out of a team.</summary>
    public sealed record LeaveTeam(string Team, SubjectId Member) : AdminAct;

    /// <summary>Of the live assignment with this role, principal and scope.</summary>
    public sealed record PatchAssignment(string Role, SubjectId Principal, AttributeBag Scope, AssignmentPatch Patch) : AdminAct;

    /// <summary>All or nothing.</summary>
    public sealed record ImportRoles(IReadOnlyList<RoleDraft> Roles, IReadOnlyList<AssignmentRow> TeamGrants) : AdminAct;

    /// <summary>Row by row. What comes of it is an error code, or <c>ok</c> or an error code for each row, with commas between.</summary>
    public sealed record ImportAssignments(IReadOnlyList<AssignmentRow> Rows, bool IsDryRun) : AdminAct;

    /// <summary>A key for the tenant. Others name it by its label: <c>key:LABEL</c> is whom it speaks for.</summary>
    public sealed record CreateKey(string Label, IReadOnlyList<string> Roles, IReadOnlyList<string>? Permissions, DateTimeOffset? ExpiresAt) : AdminAct;

    /// <summary>Gives a key another token; the old one ends at once.</summary>
    public sealed record RotateKey(string Label) : AdminAct;

    /// <summary>Makes a constraint.</summary>
    public sealed record CreateConstraint(ConstraintDraft Draft) : AdminAct;

    /// <summary>Removes a constraint.</summary>
    public sealed record DeleteConstraint(string Id) : AdminAct;

    /// <summary>The same with other names of principals.</summary>
    public AdminAct Renamed(Func<SubjectId, SubjectId> name)
    {
        return this switch
        {
            CreateRole create => create with { Draft = create.Draft with { AssignedTo = [.. create.Draft.AssignedTo.Select(name)] } },
            Assign assign => assign with { Draft = Draft(assign.Draft) },
            Revoke revoke => revoke with { Principal = name(revoke.Principal) },
            PatchAssignment patch => patch with { Principal = name(patch.Principal) },
            JoinTeam join => join with { Member = name(join.Member) },
            LeaveTeam leave => leave with { Member = name(leave.Member) },
            ImportAssignments import => import with { Rows = [.. import.Rows.Select(row => row with { Draft = Draft(row.Draft) })] },
            _ => this,
        };

        AssignmentDraft Draft(AssignmentDraft draft) => draft with { Principal = name(draft.Principal) };
    }
}
