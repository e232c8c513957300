using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// The single writer of one stored entity. Everything takes turns; who only reads uses the node's
/// <see cref="IEntityReplica"/>. Errors of all: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>,
/// <see cref="ErrorCode.VersionConflict"/>, <see cref="ErrorCode.PreconditionFailed"/> where it is not at <c>ifVersion</c>.
/// </summary>
public interface IEntityActor
{
    /// <summary>Makes it, or replaces all of it.</summary>
    Task<Result<EntityChange>> PutAsync(AttributeBag properties, long? ifVersion, Caller caller);

    /// <summary>Removes it; <see cref="ErrorCode.NotFound"/> where it is not there.</summary>
    Task<Result<EntityChange>> DeleteAsync(long? ifVersion, Caller caller);
}
