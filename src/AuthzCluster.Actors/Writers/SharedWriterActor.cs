using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// A single writer whose state others answer from, beside its turns and on other nodes: every turn announces what is stored before it answers.
/// What the node has of it is in its <paramref name="cell"/>; what a turn works on is <see cref="Own"/>.
/// </summary>
/// <typeparam name="TState">Immutable; there is one for nothing stored.</typeparam>
/// <param name="cell">The node's.</param>
/// <param name="ports">What the host provides.</param>
public abstract class SharedWriterActor<TState>(Cell<TState> cell, ActorPorts ports) : WriterActor(ports)
    where TState : class
{
    /// <summary>What the node may answer from now, for any thread; null: to be read.</summary>
    protected TState? Shared => cell.Current;

    /// <summary>What was read or committed last here; null: nothing was read. For turns.</summary>
    protected TState? Own { get; private set; }

    /// <summary>While the cell counts nobody else has committed anything that was acknowledged.</summary>
    protected override bool IsFresh => Own is { } own && ReferenceEquals(cell.Current, own);

    /// <inheritdoc/>
    protected override bool IsOneCommit => true;

    /// <summary>Lets go of what the node has of it: it takes no more turns.</summary>
    protected void Close() => cell.Close();

    /// <summary>What stored bytes are; null: nothing is stored.</summary>
    protected abstract TState Decode(byte[]? state);

    /// <inheritdoc/>
    protected override bool Take(byte[]? state, long version, CellLoad? load)
    {
        Own = Decode(state);
        return cell.TryTake(load!, Own, version);
    }

    /// <summary>Takes what was committed.</summary>
    protected void Swap(TState next)
    {
        Own = next;
        if (Committed is not { } load || !cell.TryTake(load, next, Version))
        {
            Forget();
        }
        Committed = null;
    }

    private protected override CellLoad Begin() => cell.Begin();

    private protected override void Abandon(CellLoad? load) => cell.Abandon(load!);

    /// <summary>
    /// Likewise, and the tenant's model at the version that the turn went by: it may be stored and never announced, if its writer is gone, and who sees
    /// what was decided on it must not see the one before. 0: none.
    /// </summary>
    private protected ValueTask AcknowledgeAsync(TenantId tenant, long model) => model == 0
        ? Ports.Announce.AcknowledgedEverywhereAsync(Announced)
        : Ports.Announce.AcknowledgedEverywhereAsync(Announced, new StoredRevision(ActorKey.Of(tenant), model));

    private protected override ValueTask AcknowledgeAsync() => Ports.Announce.AcknowledgedEverywhereAsync(Announced);

    // Where it could not be read again, since its tenant goes, nothing that anybody has of it counts.
    private StoredRevision Announced => new(Key, IsCurrent && Version != 0 ? Version : long.MaxValue);
}
