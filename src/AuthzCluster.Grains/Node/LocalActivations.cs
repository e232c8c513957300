using System.Collections.Concurrent;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Node;

/// <summary>The grains that are activated on this silo, by tenant: those of subjects, roles and entities, which a removed tenant leaves.</summary>
internal sealed class LocalActivations
{
    private readonly ConcurrentDictionary<TenantId, ConcurrentDictionary<IGrainContext, byte>> _tenants = new();

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

    /// <summary>How many there are, by kind.</summary>
    public IEnumerable<KeyValuePair<string, int>> Counts() => _tenants.Values.SelectMany(grains => grains.Keys)
        .CountBy(context => (context.GrainId.Type.ToString() ?? "").Replace('-', '_'));

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
