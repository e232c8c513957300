using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// What happened in each tenant, in order: the audit log as events. Errors: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IEvents
{
    /// <summary>The events behind a sequence, as many as one look takes.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="after">The sequence behind which to begin, 0 for the beginning; null: behind all that was acknowledged until now, so that there are none.</param>
    /// <param name="showsPolicies">Whether it is told what policies say, and not only which they are.</param>
    Task<Result<EventSlice>> FollowAsync(TenantId tenant, long? after, bool showsPolicies);
}
