using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    [Fact]
    public async Task Purge_Tenant_TakesItsOwnAndLeavesTheRest()
    {
        // Names that a careless prefix would take along.
        TenantId[] others = [new("acme2"), new("Acme"), new("acme/user"), new("acm"), new("acme%2Fuser")];
        foreach (var tenant in others.Append(Acme))
        {
            await FillAsync(tenant, 3);
        }

        await Actors.PurgeAsync(Acme);

        Assert.Equal((0, 0, 0, 0), await RemainsAsync(Acme));
        foreach (var tenant in others)
        {
            Assert.Equal((5, 3, 4, 1), await RemainsAsync(tenant));
        }
    }

    [Fact]
    public async Task Purge_Tenant_LeavesAuditLogAndOutbox()
    {
        await FillAsync(Acme, 2);
        Assert.True(await Audit.AppendAsync(Acme, [Record(1)], []));

        await Actors.PurgeAsync(Acme);

        Assert.Equal(1, (await Audit.ReadLastAsync(Acme))!.Sequence);
        Assert.Equal(2, (await Audit.ReadOutboxAsync(Acme, 10)).Count);
    }

    [Fact]
    public async Task Purge_ManyRowsAndTwice_LeavesNothing()
    {
        await FillAsync(Acme, 1300);

        await Actors.PurgeAsync(Acme);
        await Actors.PurgeAsync(Acme);

        Assert.Equal((0, 0, 0, 0), await RemainsAsync(Acme));
        await FillAsync(Acme, 2);
        Assert.Equal(2, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon));
    }

    private static ActorKey[] KeysOf(TenantId tenant, int users) =>
    [
        ActorKey.Of(tenant), ActorKey.Of(tenant, new RoleId("viewer")),
        .. Enumerable.Range(0, users).Select(i => ActorKey.Of(tenant, SubjectId.User($"u{i}"))),
    ];

    private static IndexRow Due(ActorKey key) => new(IndexNames.Everywhere, IndexNames.Due, "", key.Value, Noon);

    private async Task FillAsync(TenantId tenant, int users)
    {
        var keys = KeysOf(tenant, users);
        await CommitAsync(new(keys[0], 0, [1]) { Adds = [new(IndexNames.Everywhere, IndexNames.Tenants, "", tenant.Value), Due(keys[0])] });
        await CommitAsync(new(keys[1], 0, [1]) { Adds = [new(tenant, IndexNames.AssignableRoles, "viewer", "")] });
        await Task.WhenAll(keys.Skip(2).Select(key => CommitAsync(new(key, 0, [1])
        {
            Adds = [new(tenant, IndexNames.RoleHolders, "viewer", key.Value), new(tenant, IndexNames.Assignments, key.Value, key.Value), Due(key)],
            Outbox = [new(tenant, [1])],
        })));
    }

    private async Task<(int States, long Holders, int Due, int Tenants)> RemainsAsync(TenantId tenant)
    {
        var states = await Actors.ReadManyAsync(KeysOf(tenant, 1300));
        var rows = await Actors.ReadIndexAsync(tenant, IndexNames.RoleHolders, "viewer", null, 10_000);
        var holders = await Actors.CountIndexAsync(tenant, IndexNames.RoleHolders, "viewer", Noon);
        Assert.Equal(rows.Count, holders);
        Assert.Equal(states.Count == 0 ? 0 : 1, (await Actors.ReadIndexAsync(tenant, IndexNames.AssignableRoles, "viewer", null, 10)).Count);
        var due = (await Actors.ReadDueAsync(Noon, 100_000)).Count(row => new ActorKey(row.Member).Tenant == tenant);
        var tenants = (await Actors.ReadIndexAsync(IndexNames.Everywhere, IndexNames.Tenants, "", null, 1000)).Count(row => row.Member == tenant.Value);
        return (states.Count, holders, due, tenants);
    }
}
