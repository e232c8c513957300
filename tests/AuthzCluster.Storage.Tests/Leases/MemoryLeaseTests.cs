using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Storage.Tests.Leases;

public sealed class MemoryLeaseTests : LeaseTableConformance
{
    protected override Task<ILeaseTable> OpenAsync() => Task.FromResult<ILeaseTable>(new MemoryLeases());
}
