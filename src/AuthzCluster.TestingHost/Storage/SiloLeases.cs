using AuthzCluster.Actors.Finality;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The table of leases as one silo reaches it, until it <paramref name="isCut"/>.</summary>
internal sealed class SiloLeases(ILeaseTable inner, Func<bool> isCut) : ILeaseTable
{
    public ValueTask InsertAsync(Guid id, string node, TimeSpan duration) => Reached().InsertAsync(id, node, duration);

    public ValueTask<bool> IsHeldAsync(Guid id) => Reached().IsHeldAsync(id);

    public ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => Reached().ListAsync();

    public ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) => Reached().FenceAsync(id, own);

    public ValueTask DropAsync(Guid id) => Reached().DropAsync(id);

    public ValueTask LeaveAsync(Guid id) => Reached().LeaveAsync(id);

    private ILeaseTable Reached() => isCut() ? throw SiloStorage.Killed(isOutcomeKnown: true) : inner;
}
