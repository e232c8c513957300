using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of one stored entity. Checks read the silo's copies, not this.</summary>
[GrainType("entity")]
internal sealed class EntityGrain : EntityActor, IEntityGrain, IGrainBase
{
    private readonly SiloNode _node;
    private readonly ActorKey _key;

    public EntityGrain(IGrainContext context, SiloNode node)
        : this(context, node, context.Key())
    {
    }

    private EntityGrain(IGrainContext context, SiloNode node, ActorKey key)
        : base(key.Tenant, key.Entity, node.Directory, node.Replicas.Of(key.Tenant), node.Rights, node.Ports) => (GrainContext, _node, _key) = (context, node, key);

    public IGrainContext GrainContext { get; }

    async Task<Result<EntityChange>> IEntityActor.PutAsync(AttributeBag properties, long? ifVersion, Caller caller)
    {
        var put = await PutAsync(properties, ifVersion, caller);
        // Of a million rows few are written again soon: an import leaves none of them in memory.
        if (caller.Under == Rights.ModelImport)
        {
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "an import has written it"));
        }
        return put;
    }

    public Task OnActivateAsync(CancellationToken token)
    {
        _node.Activations.Enter(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Close();
        _node.Activations.Leave(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }
}
