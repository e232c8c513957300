using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests.Activation;

/// <summary>What is in memory is answered at once, on the caller's thread.</summary>
public sealed class WarmTests() : HostSuite(new EmbeddedFixture())
{
    [Fact]
    public async Task Evaluate_EntitiesInMemory_CompletesAtOnce()
    {
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("alice", "owner"));
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Ok(await PutAsync("user:alice", Bag("level", "1")));
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.False(await MayOnAsync("alice", "invoices:read", "2"));

        Assert.True(Host.Decisions.EvaluateAsync(Tenant, QuestionOn("alice", "invoices:read", "1"), Now) is { IsCompletedSuccessfully: true });
        Assert.True(Host.Decisions.EvaluateAsync(Tenant, QuestionOn("alice", "invoices:read", "2"), Now) is { IsCompletedSuccessfully: true });
        Assert.Equal(0, Host.Store.ReadsOf(ActorKey.Of(Tenant, Entity("invoices:3"))));
    }
}
