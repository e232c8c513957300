using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>The database goes away between the opening of the store and the first lease, and comes again.</summary>
public sealed class DatabaseGoneAtStartTests
{
    [Fact]
    public async Task Start_FirstLeaseCannotBeTaken_WaitsForItAndAnswers()
    {
        GoneForAMoment? table = null;
        await using var cluster = await BareCluster.StartAsync(leases: inner => table = new GoneForAMoment(inner));

        await cluster.RoleAsync("reader", "invoices:read");
        await cluster.AssignAsync("alice", "reader");

        Assert.True(table!.Refused > 0);
        Assert.True((await cluster.Outside.Decisions.EvaluateAsync(BareCluster.Tenant, BareCluster.Question("alice", "invoices:read"), DateTimeOffset.UtcNow)).Value!.IsAllowed);
    }

    private sealed class GoneForAMoment(ILeaseTable inner) : ILeaseTable
    {
        private const int Refusals = 2;

        public int Refused { get; private set; }

        public ValueTask InsertAsync(Guid id, string node, TimeSpan duration) =>
            Refused++ < Refusals ? throw new StoreUnavailableException("the database crashed", isOutcomeKnown: false) : inner.InsertAsync(id, node, duration);

        public ValueTask<bool> IsHeldAsync(Guid id) => inner.IsHeldAsync(id);

        public ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => inner.ListAsync();

        public ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) => inner.FenceAsync(id, own);

        public ValueTask DropAsync(Guid id) => inner.DropAsync(id);

        public ValueTask LeaveAsync(Guid id) => inner.LeaveAsync(id);
    }
}
