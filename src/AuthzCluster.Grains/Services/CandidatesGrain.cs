using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>What searches look at, by this silo.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("candidates")]
internal sealed class CandidatesGrain(IGrainContext context, SiloNode node)
    : CandidateService(node.Replicas, node.Ports), ICandidatesGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
