using System.Collections.Concurrent;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Actors;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Grains.Node;

/// <summary>The grains of actors that are activated on this silo; by tenant those of subjects, roles, requests and entities, which a removed tenant leaves.</summary>
internal sealed class LocalActivations
{
    private readonly ConcurrentDictionary<TenantId, ConcurrentDictionary<IGrainContext, byte>> _tenants = new();
    private readonly ConcurrentDictionary<IGrainContext, byte> _others = new();

    /// <summary>One that outlives its tenant's removal, or is of none.</summary>
    public void Enter(IGrainContext context) => _others[context] = 0;

    /// <summary>It goes.</summary>
    public void Leave(IGrainContext context) => _others.TryRemove(context, out _);

    public void Enter(TenantId tenant, IGrainContext context)
    {
        while (true)
        {
            var grains = _tenants.GetOrAdd(tenant, _ => new());
            grains[context] = 0;
            // A set that was found empty and taken away meanwhile is nobody's any more.
            if (_tenants.TryGetValue(tenant, out var current) && ReferenceEquals(current, grains))
            {
                return;
            }
        }
    }

    public void Leave(TenantId tenant, IGrainContext context)
    {
        if (_tenants.TryGetValue(tenant, out var grains) && grains.TryRemove(context, out _) && grains.IsEmpty)
        {
            _tenants.TryRemove(new(tenant, grains));
            // Who came in while it was taken away is not in a set any more: put them back.
            foreach (var late in grains.Keys)
            {
                Enter(tenant, late);
            }
        }
    }

    /// <summary>How many there are of each of <see cref="ActorKinds"/>.</summary>
    public IEnumerable<KeyValuePair<string, int>> Counts() => _tenants.Values.SelectMany(grains => grains.Keys).Concat(_others.Keys)
        .GroupBy(context => context.GrainId.Type).Select(grains => new KeyValuePair<string, int>(ActorKinds.Of(grains.First().Key()), grains.Count()));

    /// <summary>Deactivates those of a tenant behind their current turns.</summary>
    public Task EvictAsync(TenantId tenant)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "its tenant is being removed");
        return _tenants.TryGetValue(tenant, out var grains)
            ? Task.WhenAll(grains.Keys.Select(context =>
            {
                context.Deactivate(reason);
                return context.Deactivated;
            }))
            : Task.CompletedTask;
    }
}
