using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Finality;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Grains.Node;

/// <summary>Takes what other silos tell.</summary>
internal sealed class NotificationService(GrainId id, Silo silo, ILoggerFactory loggers, SiloNode node)
    : GrainService(id, silo, loggers), INotificationService
{
    public Task RaiseAsync(string[] keys, long[] revisions, bool[] wholeTenant)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            new Announcement(new ActorKey(keys[i]), revisions[i], wholeTenant[i]).RaiseIn(node.Ports.Cells);
        }
        return Task.CompletedTask;
    }

    public Task EvictAsync(string tenant) => node.Activations.EvictAsync(new TenantId(tenant));
}
