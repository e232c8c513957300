using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of one request for a role.</summary>
[GrainType("role-request")]
internal sealed class RoleRequestGrain : RoleRequestActor, IRoleRequestGrain, IGrainBase
{
    private readonly SiloNode _node;
    private readonly ActorKey _key;

    public RoleRequestGrain(IGrainContext context, SiloNode node)
        : this(context, node, context.Key())
    {
    }

    private RoleRequestGrain(IGrainContext context, SiloNode node, ActorKey key)
        : base(key.Tenant, key.Request, node.Directory, node.Replicas.Of(key.Tenant), node.Rights, node.Ports) => (GrainContext, _node, _key) = (context, node, key);

    public IGrainContext GrainContext { get; }

    public Task OnActivateAsync(CancellationToken token)
    {
        _node.Activations.Enter(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        _node.Activations.Leave(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }
}
