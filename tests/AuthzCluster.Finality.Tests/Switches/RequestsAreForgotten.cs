using AuthzCluster.Actors.Storage;
using AuthzCluster.Finality.Tests.Simulation;

namespace AuthzCluster.Finality.Tests.Switches;

/// <summary>A write is applied at most once: here its request id is not kept with it.</summary>
internal sealed class RequestsAreForgotten : Parts
{
    public override IActorStore Store(SimProcess process, Wire wire, Database database) => new Switched(process, wire, database);

    private sealed class Switched(SimProcess process, Wire wire, Database database) : SimStore(process, wire, database)
    {
        public override ValueTask<CommitOutcome> CommitAsync(Commit commit) => base.CommitAsync(commit with { Request = null });

        public override ValueTask<RequestMark> KeepRequestAsync(RequestMark mark) => new(mark);
    }
}
