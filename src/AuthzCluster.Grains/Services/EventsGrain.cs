using AuthzCluster.Actors.Services;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's events.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("events")]
internal sealed class EventsGrain(IGrainContext context, SiloNode node)
    : EventService(node.Directory, node.Replicas, node.Ports), IEventsGrain, IPortGrain
{
    public IGrainContext GrainContext => context;
}
