using System.Text;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    private static readonly string[] AllIndexes =
        [IndexNames.RoleHolders, IndexNames.TeamMembers, IndexNames.Assignments, IndexNames.AssignableRoles, IndexNames.Due, IndexNames.Tenants];

    [Fact]
    public async Task ReadIndex_AnyIndex_KeepsApartWhatIsNamedAlike()
    {
        foreach (var index in AllIndexes)
        {
            await AddRowsAsync(Row(index, "k", index), Row(index, "K", "other"), new IndexRow(new TenantId("Acme"), index, "k", "other"));
        }

        foreach (var index in AllIndexes)
        {
            Assert.Equal([index], await MembersAsync(index, "k"));
            Assert.Equal(1, await Actors.CountIndexAsync(Acme, index, "k", Noon));
        }
    }

    [Fact]
    public async Task ReadIndex_Members_AreInOrdinalOrder()
    {
        string[] members = ["b", "B", "a", "", "A1", "a1", "0a1", "10", "9", "ä", "z", "Z", "a b", "a%20b", "日本", "a\u0301", "😀", "_", "~"];
        await AddRowsAsync([.. members.Select(member => Holder("viewer", member))]);

        Assert.Equal(
            members.OrderBy(member => Convert.ToHexString(Encoding.UTF8.GetBytes(member)), StringComparer.Ordinal),
            await MembersAsync(IndexNames.RoleHolders, "viewer"));
    }

    [Theory]
    [InlineData(99, 10)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(1001, 100)]
    [InlineData(2500, 1000)]
    public async Task ReadIndex_PageByPage_GivesEachOnce(int rows, int page)
    {
        var members = Enumerable.Range(0, rows).Select(i => $"m{i:d5}").ToArray();
        await AddRowsAsync([.. members.Select(member => Holder("viewer", member)), Holder("viewer2", "other")]);

        var read = new List<string>();
        for (string? after = null; ;)
        {
            var next = await MembersAsync(IndexNames.RoleHolders, "viewer", after, page);
            Assert.True(next.Length <= page);
            read.AddRange(next);
            if (next.Length == 0)
            {
                break;
            }

            after = next[^1];
        }

        Assert.Equal(members, read);
    }

    [Fact]
    public async Task ReadIndex_AfterEmptyMember_LeavesItOut()
    {
        await AddRowsAsync(Holder("viewer", ""), Holder("viewer", "a"));

        Assert.Equal(["", "a"], await MembersAsync(IndexNames.RoleHolders, "viewer"));
        Assert.Equal(["a"], await MembersAsync(IndexNames.RoleHolders, "viewer", after: ""));
    }

    [Fact]
    public async Task Commit_AddsRowThatIsThere_SetsItsInstant()
    {
        foreach (DateTimeOffset? at in new DateTimeOffset?[] { null, Noon, Noon.AddMicroseconds(1), null })
        {
            await AddRowsAsync(Holder("viewer", "alice", at));
            Assert.Equal(at, Assert.Single(await Actors.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, 10)).At);
            Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon.AddDays(-1)));
        }
    }

    [Fact]
    public async Task Commit_RemovesRow_WhateverItsInstant()
    {
        await AddRowsAsync(Holder("viewer", "alice", Noon), Holder("viewer", "bob"));
        await CommitAsync(new(User("x"), 0, [1]) { Removes = [Holder("viewer", "alice"), Holder("viewer", "never"), Holder("none", "bob")] });

        Assert.Equal(["bob"], await MembersAsync(IndexNames.RoleHolders, "viewer"));
        Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon));
    }

    [Fact]
    public async Task Commit_RemovesAndAddsTheSameRow_KeepsIt()
    {
        await AddRowsAsync(Holder("viewer", "alice"));
        await CommitAsync(new(User("x"), 0, [1]) { Removes = [Holder("viewer", "alice")], Adds = [Holder("viewer", "alice", Noon)] });

        Assert.Equal(Noon, Assert.Single(await Actors.ReadIndexAsync(Acme, IndexNames.RoleHolders, "viewer", null, 10)).At);
        Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon.AddTicks(-10)));
    }

    [Fact]
    public async Task CountIndex_SomeEnded_LeavesThoseOut()
    {
        await AddRowsAsync(
            Holder("viewer", "never"), Holder("viewer", "before", Noon.AddMicroseconds(-1)), Holder("viewer", "now", Noon),
            Holder("viewer", "after", Noon.AddMicroseconds(1)), Holder("other", "x", Noon));

        Assert.Equal(4, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon.AddDays(-1)));
        Assert.Equal(2, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon));
        Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon.AddDays(1)));
        Assert.Equal(0, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "none", Noon));
    }

    [Fact]
    public async Task CountIndex_AfterRandomChanges_IsHowManyThereAre()
    {
        var random = new Random(7);
        var model = new Dictionary<string, DateTimeOffset?>();
        for (var i = 0; i < 200; i++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => Holder("viewer", $"m{random.Next(20)}", random.Next(3) == 0 ? Noon.AddHours(random.Next(-5, 5)) : null))
                .DistinctBy(row => row.Member).ToArray();
            var isAdd = random.Next(2) == 0;
            await CommitAsync(new(User("x"), i, [1]) { Adds = isAdd ? rows : [], Removes = isAdd ? [] : rows });
            foreach (var row in rows)
            {
                if (isAdd)
                {
                    model[row.Member] = row.At;
                }
                else
                {
                    model.Remove(row.Member);
                }
            }

            Assert.Equal(
                model.Values.Count(at => at is null || at > Noon),
                await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon));
        }
    }

    [Theory]
    [InlineData(IndexNames.RoleHolders)]
    [InlineData(IndexNames.ApiKeys)]
    public async Task CountIndex_OfManyKeys_OneCountEachInTheirOrder(string index)
    {
        await CommitAsync(new(User("x"), 0, [1])
        {
            Adds = [new(Acme, index, "a", "1", null), new(Acme, index, "a", "2", Noon.AddHours(1)), new(Acme, index, "c", "1", null), new(Acme, index, "c", "2", Noon.AddHours(-1))],
        });

        Assert.Equal([1, 0, 2, 1], await Actors.CountIndexAsync(Acme, index, ["c", "b", "a", "c"], Noon));
        Assert.Empty(await Actors.CountIndexAsync(Acme, index, [], Noon));
    }

    [Fact]
    public async Task ReadDue_SomeDue_EarliestFirstAndNoOthers()
    {
        static IndexRow Due(string member, DateTimeOffset? at) => new(IndexNames.Everywhere, IndexNames.Due, "", member, at);
        await AddRowsAsync(
            Due("c", Noon.AddHours(-1)), Due("a", Noon), Due("b", Noon.AddHours(-2)), Due("later", Noon.AddMicroseconds(1)),
            Due("never", null), Holder("viewer", "no due row", Noon.AddDays(-1)));

        Assert.Equal(
            [Due("b", Noon.AddHours(-2)), Due("c", Noon.AddHours(-1)), Due("a", Noon)], await Actors.ReadDueAsync(Noon, 10));
        Assert.Equal(["b", "c"], (await Actors.ReadDueAsync(Noon, 2)).Select(row => row.Member));
        Assert.Empty(await Actors.ReadDueAsync(Noon.AddDays(-2), 10));
    }
}
