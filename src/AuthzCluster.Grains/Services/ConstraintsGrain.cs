using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's constraints.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("constraints")]
internal sealed class ConstraintsGrain(IGrainContext context, SiloNode node)
    : ConstraintService(node.Directory, node.Replicas), IConstraintsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
