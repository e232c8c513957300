using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's audit logs.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("audit-trail")]
internal sealed class AuditTrailGrain(IGrainContext context, SiloNode node)
    : AuditTrailService(node.Directory, node.Replicas, node.Ports), IAuditTrailGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
