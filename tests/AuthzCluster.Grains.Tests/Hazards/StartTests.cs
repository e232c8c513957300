using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>What a silo finds when it starts.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_WhileStorageDoesNotAnswer_WaitsAndJoins()
    {
        var store = new StoreProbe();
        await using var cluster = await AuthzTestCluster.StartAsync(new AuthzTestOptions { Silos = 1, WrapStore = store.Around });
        var tenant = ActorKey.Of(TenantId.Default);
        store.FailReads(true);
        var reads = store.ReadsOf(tenant);

        var joining = cluster.AddSiloAsync();
        // It asked more than once.
        while (store.ReadsOf(tenant) < reads + 2 && !joining.IsCompleted)
        {
            await Task.WhenAny(joining, Task.Delay(20));
        }
        Assert.False(joining.IsCompleted);
        store.FailReads(false);

        await joining;
        Assert.Equal(2, cluster.SiloCount);
    }
}
