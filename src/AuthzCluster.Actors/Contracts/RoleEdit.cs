using System.Collections.Immutable;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>One change of one role.</summary>
/// <param name="Role">The role.</param>
public abstract record RoleEdit(RoleId Role)
{
    /// <summary>What its caller must hold when it is done; null: a look, or a step of a deletion, which was judged when it began.</summary>
    public Permission? Right => this switch
    {
        Create or EndMaking => Rights.RolesCreate,
        BeginDelete => Rights.RolesDelete,
        AddPolicy => Rights.PoliciesCreate,
        RemovePolicy => Rights.PoliciesDelete,
        CancelDelete or FinishDelete or Look => null,
        _ => Rights.RolesUpdate,
    };

    /// <summary>Whether somebody may come to hold more by it: all but the steps of a deletion and a look.</summary>
    public bool MayGive => this is not (BeginDelete or CancelDelete or FinishDelete or Look);

    /// <summary>Makes it.</summary>
    public sealed record Create(RoleId Role, RoleDraft Draft) : RoleEdit(Role);

    /// <summary>Replaces all of it.</summary>
    public sealed record Replace(RoleId Role, RoleDraft Draft, long? IfVersion) : RoleEdit(Role);

    /// <summary>Adds one permission.</summary>
    public sealed record AddPermission(RoleId Role, string Permission, long? IfVersion) : RoleEdit(Role);

    /// <summary>Removes one permission.</summary>
    public sealed record RemovePermission(RoleId Role, string Permission, long? IfVersion) : RoleEdit(Role);

    /// <summary>Adds or replaces an edge to a parent.</summary>
    public sealed record PutParent(RoleId Role, ParentDraft Parent, long? IfVersion) : RoleEdit(Role);

    /// <summary>Removes an edge to a parent.</summary>
    public sealed record RemoveParent(RoleId Role, string Parent, long? IfVersion) : RoleEdit(Role);

    /// <summary>Makes a policy that applies to its holders; its id is the draft's, or else <paramref name="NewId"/>.</summary>
    public sealed record AddPolicy(RoleId Role, PolicyDraft Draft, string NewId, long? IfVersion) : RoleEdit(Role);

    /// <summary>Removes one of its policies.</summary>
    public sealed record RemovePolicy(RoleId Role, string Policy, long? IfVersion) : RoleEdit(Role);

    /// <summary>Ends its making with its first assignments: it is active, where that is wished.</summary>
    public sealed record EndMaking(RoleId Role, bool IsActive) : RoleEdit(Role)
    {
        /// <summary>What its making warned of when it began; told by the answer to its end.</summary>
        public ImmutableArray<string> Warnings { get; init; } = [];
    }

    /// <summary>Changes nothing: answers the role as it is stored, even where an earlier commit's outcome was not known.</summary>
    public sealed record Look(RoleId Role) : RoleEdit(Role);

    /// <summary>From here on it gives nothing and takes no assignment.</summary>
    public sealed record BeginDelete(RoleId Role, long? IfVersion) : RoleEdit(Role);

    /// <summary>Makes it as it was before <see cref="BeginDelete"/>.</summary>
    public sealed record CancelDelete(RoleId Role) : RoleEdit(Role);

    /// <summary>Removes it and its edges.</summary>
    public sealed record FinishDelete(RoleId Role) : RoleEdit(Role);
}
