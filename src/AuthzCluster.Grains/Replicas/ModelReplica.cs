using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copy of one tenant's model, compiled.</summary>
internal sealed class ModelReplica(TenantId tenant, ActorPorts ports) : Replica<CompiledTenant>, ITenantReplica
{
    protected override async ValueTask<CompiledTenant?> ReadAsync()
    {
        var key = ActorKey.Of(tenant);
        return await ports.Store.ReadAsync(key).ConfigureAwait(false) is { State.Length: > 0 } stored
            ? ports.Decode(key, () => CompiledTenant.Compile(TenantModelCodec.Decode(stored.State)))
            : null;
    }

    protected override long RevisionOf(CompiledTenant value) => value.Model.Revision;
}
