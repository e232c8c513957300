using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    /// <summary>Ids that other stores took for one another.</summary>
    public static readonly string[] OddIds =
    [
        "A1", "a1", "0a1", "1", "01", "1.0", "1e0", "0x1", "0xA1", "0XA1", "10161", "161", "deadbeef", "DEADBEEF", "null", "true", " ", " a", "a ", "a/b", "a%2Fb", "a%2fb",
        "a:b", "a|b", "a#b", "a+b", "a b", "a%b", "a'b", "a\"b", "a\\b", "a;b", "a?b", "ä", "a\u0308", "Straße", "STRASSE", "ı", "I", "i",
        "日本", "😀", "\ufffd", "\ue000", "..", ".", "*", "%", "_", new string('x', 256), new string('語', 256),
    ];

    [Fact]
    public async Task Keys_OddIds_AreKeptApart()
    {
        for (var i = 0; i < OddIds.Length; i++)
        {
            await CommitAsync(new(User(OddIds[i]), 0, BitConverter.GetBytes(i)) { Adds = [Holder(OddIds[i], OddIds[i])] });
        }

        for (var i = 0; i < OddIds.Length; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await Actors.ReadAsync(User(OddIds[i])))!.State));
            Assert.Equal([OddIds[i]], await MembersAsync(IndexNames.RoleHolders, OddIds[i]));
            Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, OddIds[i], Noon));
        }
    }

    [Fact]
    public async Task Keys_OddTenants_AreKeptApart()
    {
        foreach (var id in OddIds)
        {
            var tenant = new TenantId(id);
            await CommitAsync(new(ActorKey.Of(tenant), 0, [1])
            {
                Adds = [new(tenant, IndexNames.TeamMembers, "t", id), new(IndexNames.Everywhere, IndexNames.Tenants, "", id)],
                Outbox = [new(tenant, [1])],
            });
        }

        foreach (var id in OddIds)
        {
            var rows = await Actors.ReadIndexAsync(new(id), IndexNames.TeamMembers, "t", null, 10);
            Assert.Equal(id, Assert.Single(rows).Member);
            Assert.Single(await Audit.ReadOutboxAsync(new(id), 10));
        }

        var ordered = OddIds.Order(StringComparer.Ordinal);
        Assert.Equal(ordered, (await Audit.ReadPendingTenantsAsync()).Select(tenant => tenant.Value).Order(StringComparer.Ordinal));
        var listed = await Actors.ReadIndexAsync(IndexNames.Everywhere, IndexNames.Tenants, "", null, 1000);
        Assert.Equal(ordered, listed.Select(row => row.Member).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_SameIdOfDifferentKindsAndTenants_AreKeptApart()
    {
        var other = new TenantId("Acme");
        ActorKey[] keys =
        [
            ActorKey.Of(Acme), ActorKey.OfAudit(Acme), ActorKey.Of(Acme, new RoleId("acme")), ActorKey.Of(Acme, SubjectId.User("acme")),
            ActorKey.Of(Acme, new SubjectId("service", "acme")), ActorKey.Of(Acme, SubjectId.Team("acme")),
            ActorKey.Of(other), ActorKey.Of(other, SubjectId.User("acme")), ActorKey.Of(new TenantId("acme/user"), new RoleId("acme")),
        ];
        for (var i = 0; i < keys.Length; i++)
        {
            await CommitAsync(new(keys[i], 0, [(byte)i]));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal([(byte)i], (await Actors.ReadAsync(keys[i]))!.State);
        }
    }

    [Fact]
    public async Task Keys_AsLongAsIdsMayBe_AreKeptApartAndInOrder()
    {
        // 256 characters of four bytes each, alike but for the last; percent-encoded they are three times as long.
        var start = string.Concat(Enumerable.Repeat("😀", 255));
        string[] ids = [start, start + "!", start + "😀", start + "😁", start[2..] + "a"];
        var tenants = new[] { new TenantId(start + "😀"), new TenantId(start + "😁") };
        foreach (var tenant in tenants)
        {
            foreach (var id in ids)
            {
                var key = ActorKey.Of(tenant, SubjectId.User(id));
                await CommitAsync(new(key, 0, [1])
                {
                    Adds =
                    [
                        new(tenant, IndexNames.RoleHolders, id, key.Value), new(tenant, IndexNames.RoleHolders, start, key.Value),
                        new(tenant, IndexNames.Entities, "t", id), new(IndexNames.Everywhere, IndexNames.Due, "", key.Value, Noon),
                    ],
                    Outbox = [new(tenant, [1])],
                    Request = new(tenant, $"{start}{Array.IndexOf(ids, id)}", [1], [1], Noon),
                });
                Assert.Equal(CommitOutcome.VersionConflict, await Actors.CommitAsync(new(key, 0, [1])));
            }

            var expected = ids.Select(id => ActorKey.Of(tenant, SubjectId.User(id)).Value).Order(StringComparer.Ordinal).ToArray();
            var paged = new List<string>();
            while (await Actors.ReadIndexAsync(tenant, IndexNames.RoleHolders, start, paged.LastOrDefault(), 1) is [var row])
            {
                paged.Add(row.Member);
            }

            Assert.Equal(expected, paged);
            Assert.Equal(ids.Length, await Actors.CountIndexAsync(tenant, IndexNames.RoleHolders, start, Noon.AddDays(-1)));
            Assert.Equal(ids.Order(StringComparer.Ordinal), (await Actors.ReadIndexAsync(tenant, IndexNames.Entities, "t", null, 10)).Select(row => row.Member));
        }

        await Actors.PurgeAsync(tenants[0]);

        Assert.Empty(await Actors.ReadManyAsync([.. ids.Select(id => ActorKey.Of(tenants[0], SubjectId.User(id)))]));
        Assert.Equal(ids.Length, (await Actors.ReadManyAsync([.. ids.Select(id => ActorKey.Of(tenants[1], SubjectId.User(id)))])).Count);
        Assert.Equal(ids.Length, (await Actors.ReadDueAsync(Noon, 100)).Count);
        Assert.Equal(0, await Actors.CountIndexAsync(tenants[0], IndexNames.RoleHolders, start, Noon.AddDays(-1)));
        Assert.Equal(2, (await Audit.ReadPendingTenantsAsync()).Count);
    }
}
