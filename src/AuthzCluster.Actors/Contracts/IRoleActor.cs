using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>The single writer of one role's life. The commit of every edit is the tenant's; here they queue, and a deletion or a making runs its course.</summary>
public interface IRoleActor
{
    /// <summary>Passes an edit of this role to the tenant's model.</summary>
    Task<Result<RoleChange>> EditAsync(RoleEdit edit, Caller caller);

    /// <summary>
    /// Makes the role together with its first assignments: it is committed inactive, assigned, then activated in one commit of
    /// the model. A refusal undoes it; where it is cut off, due work does, by <see cref="ContinueAsync"/>.
    /// </summary>
    Task<Result<RoleChange>> MakeAsync(RoleDraft draft, Caller caller);

    /// <summary>
    /// Begins a deletion, and ends it where the role has no holders. Held by somebody: <see cref="ErrorCode.RoleInUse"/>
    /// with the role as it was, or, with <paramref name="force"/>, a first batch is revoked and the rest is for
    /// <see cref="ContinueAsync"/>, which due work calls too, so that a crash in between is made good.
    /// </summary>
    Task<Result<DeleteStep>> DeleteAsync(bool force, long? ifVersion, Caller caller);

    /// <summary>The next step of a deletion: one batch of holders. One that was not forced and was cut off is cancelled; a making that was cut off is undone.</summary>
    Task<Result<DeleteStep>> ContinueAsync();
}
