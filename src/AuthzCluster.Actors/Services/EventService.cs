using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Reads events off the audit logs. Keeps nothing: whoever follows says how far they are.</summary>
/// <param name="directory">Where the logs' writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class EventService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IEvents
{
    /// <inheritdoc/>
    public Task<Result<EventSlice>> FollowAsync(TenantId tenant, long? after, bool showsPolicies) =>
        replicas.WithTenantAsync<EventSlice>(tenant, async _ =>
        {
            if (after is { } known)
            {
                return known < 0 || known == long.MaxValue
                    ? AuthzError.Invalid("from", "must be the sequence of an event, or 0") : await ports.ReadEventsAsync(tenant, known, showsPolicies);
            }
            // What waits was acknowledged before this was asked.
            return (await directory.Audit(tenant).DrainAsync()).Error is { } error
                ? error : new EventSlice([], (await ports.Audit.ReadLastAsync(tenant))?.Sequence ?? 0, false);
        });
}
