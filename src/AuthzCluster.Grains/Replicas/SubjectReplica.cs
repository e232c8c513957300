using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>What this silo has of one subject: that of its grain, where it is here, or a copy to answer from while it cannot be reached.</summary>
internal sealed class SubjectReplica(TenantId tenant, SubjectId subject, ITenantReplica model, ActorPorts ports)
    : Replica<SubjectState>(ActorKey.Of(tenant, subject), ports.Cells)
{
    // As of entities.
    protected override async ValueTask<(SubjectState, long)?> ReadAsync()
    {
        if (await model.LoadAsync().ConfigureAwait(false) is not { } compiled)
        {
            return null;
        }
        var stored = await ports.Store.ReadAsync(Key).ConfigureAwait(false);
        return (ports.Decode(Key, () => SubjectState.Of(subject, stored?.State, compiled, ports.Custom)), stored?.Version ?? 0);
    }
}
