using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The cluster's storage as one silo has it. A silo that was killed reaches it no more: what it still does in this process is as if it were not.</summary>
internal sealed class SiloStorage(IActorStore states, IAuditStore audit, ILeaseTable leases, Func<string?> writeProblem, WriteFaults faults) : INodeStorage
{
    private static readonly byte[] PageTokenKey = new byte[32];
    private volatile bool _isCut;

    public IActorStore States => field ??= new SiloStates(states, faults, () => _isCut);

    public IAuditStore Audit => field ??= new SiloAudit(audit, () => _isCut);

    public IVault Vault => NoVault.Instance;

    public ILeaseTable Leases => field ??= new SiloLeases(leases, () => _isCut);

    public string? WriteProblem => writeProblem();

    public Task OpenAsync(CancellationToken stop) => Task.CompletedTask;

    public ValueTask<byte[]> ReadPageTokenKeyAsync() => new(PageTokenKey);

    public Task CloseAsync() => Task.CompletedTask;

    /// <summary>From now on nothing of this silo reaches the storage.</summary>
    public void Cut() => _isCut = true;

    /// <summary>What a silo that was killed gets.</summary>
    public static StoreUnavailableException Killed(bool isOutcomeKnown) => new("the silo was killed", isOutcomeKnown);
}
