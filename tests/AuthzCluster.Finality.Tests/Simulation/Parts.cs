using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>What processes are made of, with all rules on. Each switch overrides the one thing that turns its rule off.</summary>
internal class Parts
{
    /// <summary>The defaults of the product.</summary>
    public virtual FinalityOptions Keeping => new();

    /// <summary>Of who announces.</summary>
    public virtual FinalityOptions Announcing => Keeping;

    /// <summary>Clocks that differ as much as the margin allows.</summary>
    public virtual double Rate(Random random) => 0.95 + (random.NextDouble() * 0.1);

    public virtual CellTable Cells() => new();

    /// <summary>What the announcer looks at for the process's own lease, and raises in.</summary>
    public virtual CellTable AnnouncersCells(SimProcess process) => process.Cells;

    public virtual GrantsCell Cell(ActorKey key, SimProcess process) => new(key, process);

    public virtual IActorStore Store(SimProcess process, Wire wire, Database database) => new SimStore(process, wire, database);

    public virtual ILeaseTable Leases(SimProcess process, Wire wire, Database database) => new SimLeases(process, wire, database);

    public virtual IAnnounce Announce(IAnnounce real, Func<GrantsActor> actor) => real;

    /// <summary>Answers from the cell; refuses by a <see cref="StoreUnavailableException"/>.</summary>
    public virtual async Task<Grants?> EvaluateAsync(SimProcess process, GrantsCell cell) => cell.Current ?? await cell.LoadAsync().ConfigureAwait(false);
}
