using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A deletion that stood still while another activation took it back: it goes on where that has ended.</summary>
public sealed class LateDeletionTests : IAsyncLifetime
{
    private BareCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await BareCluster.StartAsync();
        await _cluster.RoleAsync("reader", "invoices:read");
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Deletion_TakenBackMeanwhile_RevokesNobody()
    {
        var (one, other) = (new LoneNode(_cluster), new LoneNode(_cluster));
        var role = BareCluster.Ok(await _cluster.Inside.Roles.GetAsync(BareCluster.Tenant, "reader")).Role.Id;
        var meanwhile = false;
        one.Hook.BeforeRows = async () =>
        {
            Assert.Equal(DeleteStep.Finished, BareCluster.Ok(await ActorOn(other, role).ContinueAsync()));
            await _cluster.AssignAsync("alice", "reader");
            meanwhile = true;
        };

        Assert.False((await ActorOn(one, role).DeleteAsync(force: false, null, BareCluster.Admin)).IsOk);
        Assert.True(meanwhile);
        Assert.True(await _cluster.MayAsync("alice", "invoices:read"));
    }

    private RoleActor ActorOn(LoneNode node, RoleId role) => new(BareCluster.Tenant, role, _cluster.Silo.Directory, node, node.Ports);
}
