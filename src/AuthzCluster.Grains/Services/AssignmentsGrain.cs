using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's assignments and teams.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("assignments")]
internal sealed class AssignmentsGrain(IGrainContext context, SiloNode node)
    : AssignmentService(node.Directory, node.Replicas, node.Ports), IAssignmentsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
