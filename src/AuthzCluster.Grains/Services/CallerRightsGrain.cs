using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>What callers may, as this silo sees it.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("caller-rights")]
internal sealed class CallerRightsGrain(IGrainContext context, SiloNode node)
    : CallerRightsReader(node.Directory, node.Replicas, node.Ports), ICallerRightsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
