using AuthzCluster.Actors.Writers;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of a tenant's audit log.</summary>
[GrainType("audit-log")]
internal sealed class AuditLogGrain(IGrainContext context, SiloNode node)
    : AuditLogActor(context.Key().Tenant, node.Ports), IAuditLogGrain, ICountedGrain
{
    public IGrainContext GrainContext => context;
}
