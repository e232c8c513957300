using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Grains.Node;

/// <summary>Takes what other silos tell.</summary>
internal sealed class NotificationService(GrainId id, Silo silo, ILoggerFactory loggers, SiloNode node)
    : GrainService(id, silo, loggers), INotificationService
{
    public Task ChangedAsync(string key, long revision)
    {
        node.Replicas.Changed(new ActorKey(key), revision);
        return Task.CompletedTask;
    }

    public async Task EvictAsync(string tenant)
    {
        await node.Activations.EvictAsync(new TenantId(tenant));
        node.Replicas.Forget(new TenantId(tenant));
    }
}
