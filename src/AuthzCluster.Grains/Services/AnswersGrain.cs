using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's kept answers.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("answers")]
internal sealed class AnswersGrain(IGrainContext context, SiloNode node) : AnswerService(node.Ports), IAnswersGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
