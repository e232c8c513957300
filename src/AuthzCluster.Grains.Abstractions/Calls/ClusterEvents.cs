using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Events, by way of any silo.</summary>
internal sealed class ClusterEvents(ClusterCaller calls) : IEvents
{
    public Task<Result<EventSlice>> FollowAsync(TenantId tenant, long? after, bool showsPolicies) =>
        calls.ReadAsync<IEventsGrain, EventSlice>(grain => grain.FollowAsync(tenant, after, showsPolicies), calls.Options.ListDeadline);
}
