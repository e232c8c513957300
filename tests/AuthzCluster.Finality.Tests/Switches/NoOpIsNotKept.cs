using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>A write is applied at most once: here the request id of one that found nothing to change is not kept.</summary>
internal sealed class NoOpIsNotKept : Parts
{
    public override IActorStore Store(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimStore(process, wire, database)
    {
        public override ValueTask<RequestMark> KeepRequestAsync(RequestMark mark) => new(mark);
    }
}
