using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Replicas;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// Writes down on this silo what has ended, whichever has the grain of it: one that is gone, and is not known to be, would be waited for. Of this and the grain
/// the one that commits first does it; the other finds that another version is stored, and reads it.
/// </summary>
/// <param name="replicas">This silo's copies.</param>
/// <param name="rights">Who may what; nobody is asked.</param>
/// <param name="ports">The silo's.</param>
internal sealed class SiloExpiry(NodeReplicas replicas, IHeldRights rights, ActorPorts ports) : IExpiry
{
    private readonly ActorPorts _ports = ports with { Announce = new LateAnnounce(ports.Announce) };

    public async Task<Result<bool>> ExpireAsync(TenantId tenant, SubjectId subject)
    {
        using var writer = new SubjectWriter(tenant, subject, replicas, rights, _ports);
        return await writer.ExpireAsync();
    }

    public async Task<Result<bool>> ExpireTeamsAsync(TenantId tenant)
    {
        // A model may be large: it is read only where there is something to write.
        if (await replicas.Of(tenant).LoadAsync() is not { Model: { Checking: null } model } || TeamGrantEditor.Expire(model, ports.Now()).IsNoOp)
        {
            return false;
        }
        using var writer = new TenantWriter(tenant, rights, _ports);
        return await writer.ExpireTeamsAsync();
    }

    private sealed class SubjectWriter(TenantId tenant, SubjectId subject, NodeReplicas replicas, IHeldRights rights, ActorPorts ports)
        : UserAssignmentsActor(tenant, subject, replicas.Of(tenant), replicas, rights, ports), IDisposable
    {
        public void Dispose() => Close();
    }

    private sealed class TenantWriter(TenantId tenant, IHeldRights rights, ActorPorts ports) : TenantHierarchyActor(tenant, rights, ports), IDisposable
    {
        public void Dispose() => Close();
    }
}
