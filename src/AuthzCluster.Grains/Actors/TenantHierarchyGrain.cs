using AuthzCluster.Actors.Writers;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of a tenant's model. Checks read the silo's copies, not this.</summary>
[GrainType("tenant-hierarchy")]
internal sealed class TenantHierarchyGrain(IGrainContext context, SiloNode node)
    : TenantHierarchyActor(context.Key().Tenant, node.Rights, node.Ports), ITenantHierarchyGrain, IGrainBase
{
    public IGrainContext GrainContext => context;

    public Task OnActivateAsync(CancellationToken token)
    {
        node.Activations.Enter(context);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Close();
        node.Activations.Leave(context);
        return Task.CompletedTask;
    }
}
