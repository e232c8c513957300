using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copy of one tenant's model, compiled. Once it was let go of it leads to the one that took its place.</summary>
internal sealed class ModelReplica(TenantId tenant, NodeReplicas replicas, ActorPorts ports) : Replica<ModelState>(ActorKey.Of(tenant), ports.Cells), ITenantReplica
{
    CompiledTenant? ITenantReplica.Current => Current is { } current ? current.Compiled : IsClosed ? replicas.Of(tenant).Current : null;

    async ValueTask<CompiledTenant?> ITenantReplica.LoadAsync() =>
        Current is { } current ? current.Compiled : IsClosed ? await replicas.Of(tenant).LoadAsync().ConfigureAwait(false) : (await LoadAsync().ConfigureAwait(false))?.Compiled;

    protected override async ValueTask<(ModelState, long)?> ReadAsync()
    {
        var stored = await ports.Store.ReadAsync(Key).ConfigureAwait(false);
        return (ports.Decode(Key, () => ModelState.Of(stored?.State)), stored?.Version ?? 0);
    }
}
