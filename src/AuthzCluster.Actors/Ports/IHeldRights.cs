using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// What callers hold, for use inside turns that write: read from storage, so that it waits for no turn of anybody. Errors of
/// both: <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IHeldRights
{
    /// <summary>All that the caller holds in a tenant.</summary>
    /// <param name="model">The tenant's model, as the turn sees it.</param>
    /// <param name="caller">The caller.</param>
    ValueTask<Result<CallerRights>> ReadAsync(CompiledTenant model, Caller caller);

    /// <summary>
    /// Likewise all that the caller holds in <c>system</c>, for what is decided there; nothing where its credential is not
    /// valid there. Not for use inside turns of <c>system</c> itself.
    /// </summary>
    ValueTask<Result<CallerRights>> ReadSystemAsync(Caller caller);
}
