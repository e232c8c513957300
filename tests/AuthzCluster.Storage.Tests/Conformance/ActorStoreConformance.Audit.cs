using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    private static readonly TenantId Other = new("other");

    [Fact]
    public async Task Outbox_RowsOfManyCommits_AreInOrderPerTenant()
    {
        for (var i = 0; i < 50; i++)
        {
            await CommitAsync(new(User("alice"), i, [1]) { Outbox = [new(Acme, [(byte)i, 0]), new(Other, [(byte)i]), new(Acme, [(byte)i, 1])] });
        }

        var rows = await Audit.ReadOutboxAsync(Acme, 1000);
        Assert.Equal(Enumerable.Range(0, 50).SelectMany(i => new[] { $"{i}-0", $"{i}-1" }), rows.Select(row => $"{row.Payload[0]}-{row.Payload[1]}"));
        Assert.Equal(rows.Select(row => row.Position).Order(), rows.Select(row => row.Position));
        Assert.Equal(rows.Take(7).Select(row => row.Position), (await Audit.ReadOutboxAsync(Acme, 7)).Select(row => row.Position));
        Assert.Equal([Acme, Other], (await Audit.ReadPendingTenantsAsync()).OrderBy(tenant => tenant.Value));
    }

    [Fact]
    public async Task Outbox_EmptiedAndFilledAgain_PositionsGrow()
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Outbox = [new(Acme, [1]), new(Acme, [2])] });
        var first = await Audit.ReadOutboxAsync(Acme, 10);
        Assert.True(await Audit.AppendAsync(Acme, [Record(1), Record(2)], [.. first.Select(row => row.Position)]));
        Assert.Empty(await Audit.ReadPendingTenantsAsync());
        await CommitAsync(new(User("alice"), 1, [1]) { Outbox = [new(Acme, [])] });

        var next = Assert.Single(await Audit.ReadOutboxAsync(Acme, 10));
        Assert.True(next.Position > first[^1].Position);
        Assert.Empty(next.Payload);
    }

    [Fact]
    public async Task Chain_OfLargeRecords_EndsBehindSoManyBytesAndGoesOn()
    {
        const int large = 1_500_000;
        for (var i = 1; i <= 5; i++)
        {
            Assert.True(await Audit.AppendAsync(Acme, [Record(i) with { Payload = new byte[large], Hash = [(byte)i] }], []));
        }

        var first = await Audit.ReadChainAsync(Acme, 1, 100);
        Assert.Equal([1L, 2, 3], first.Select(link => link.Sequence));
        Assert.All(first, link => Assert.Equal((large, (byte)link.Sequence), (link.Payload.Length, Assert.Single(link.Hash))));
        Assert.Equal([4L, 5], (await Audit.ReadChainAsync(Acme, 4, 100)).Select(link => link.Sequence));
        Assert.Equal([2L], (await Audit.ReadChainAsync(Acme, 2, 1)).Select(link => link.Sequence));
        Assert.Empty(await Audit.ReadChainAsync(Acme, 6, 100));
        Assert.Empty(await Audit.ReadChainAsync(Other, 1, 100));
        Assert.Equal([5L, 4, 3], (await Audit.ListAsync(Acme, new AuditQuery(null, 100))).Select(record => record.Sequence));
        Assert.Equal([2L, 1], (await Audit.ListAsync(Acme, new AuditQuery(3, 100))).Select(record => record.Sequence));
    }

    [Fact]
    public async Task Backlog_IsWhatWaitsOfEachTenant()
    {
        Assert.Empty(await Audit.ReadBacklogAsync());
        await CommitAsync(new(User("alice"), 0, [1]) { Outbox = [new(Acme, [1]), new(Acme, [2]), new(Other, [3])] });

        Assert.Equal([new(Acme, 2), new(Other, 1)], (await Audit.ReadBacklogAsync()).OrderBy(backlog => backlog.Tenant.Value));
        var rows = await Audit.ReadOutboxAsync(Acme, 10);
        Assert.True(await Audit.AppendAsync(Acme, [Record(1), Record(2)], [.. rows.Select(row => row.Position)]));
        Assert.Equal([new(Other, 1)], await Audit.ReadBacklogAsync());
    }

    [Fact]
    public async Task Append_NextSequence_IsStoredAsGiven()
    {
        var record = Record(1) with { Payload = [], Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)] };
        Assert.Null(await Audit.ReadLastAsync(Acme));
        Assert.True(await Audit.AppendAsync(Acme, [record], []));

        AssertSame(record, (await Audit.ReadLastAsync(Acme))!);
        Assert.Null(await Audit.ReadLastAsync(Other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Append_GapOrDuplicate_IsRefusedAndChangesNothing(long sequence)
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Outbox = [new(Acme, [1])] });
        var pending = Assert.Single(await Audit.ReadOutboxAsync(Acme, 10)).Position;
        Assert.True(await Audit.AppendAsync(Acme, [Record(1), Record(2)], []));

        Assert.False(await Audit.AppendAsync(Acme, [Record(sequence), Record(sequence + 1)], [pending]));

        Assert.Equal(2, (await Audit.ReadLastAsync(Acme))!.Sequence);
        Assert.Single(await Audit.ReadOutboxAsync(Acme, 10));
    }

    [Fact]
    public async Task Append_ManyAtOnce_ExactlyOneWinsEachSequence()
    {
        for (var sequence = 1; sequence <= 10; sequence++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
                async () => await Audit.AppendAsync(Acme, [Record(sequence) with { Actor = $"user:{i}" }], []))));
            var winner = Assert.Single(Enumerable.Range(0, 8), i => answers[i]);
            Assert.Equal($"user:{winner}", (await Audit.ReadLastAsync(Acme))!.Actor);
        }
    }

    [Fact]
    public async Task Append_PositionOfAnotherTenant_IsRefusedAndStaysThere()
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Outbox = [new(Other, [1])] });
        var position = Assert.Single(await Audit.ReadOutboxAsync(Other, 10)).Position;

        Assert.False(await Audit.AppendAsync(Acme, [Record(1)], [position]));

        Assert.Single(await Audit.ReadOutboxAsync(Other, 10));
        Assert.Null(await Audit.ReadLastAsync(Acme));
    }

    [Fact]
    public async Task Append_PositionThatAnotherTookUp_IsRefusedThoughTheSequenceIsNext()
    {
        // Two writers of one log may both have read a row before one of them took it up.
        await CommitAsync(new(User("alice"), 0, [1]) { Outbox = [new(Acme, [1]), new(Acme, [2])] });
        var pending = await Audit.ReadOutboxAsync(Acme, 10);
        Assert.True(await Audit.AppendAsync(Acme, [Record(1)], [pending[0].Position]));

        Assert.False(await Audit.AppendAsync(Acme, [Record(2), Record(3)], [.. pending.Select(row => row.Position)]));

        Assert.Equal(1, (await Audit.ReadLastAsync(Acme))!.Sequence);
        Assert.Equal(pending[1].Position, Assert.Single(await Audit.ReadOutboxAsync(Acme, 10)).Position);
    }

    [Fact]
    public async Task ReadFrom_Sequence_IsInclusiveAndUpwards()
    {
        Assert.True(await Audit.AppendAsync(Acme, [.. Enumerable.Range(1, 250).Select(i => Record(i))], []));

        Assert.Equal([249, 250], (await Audit.ReadFromAsync(Acme, 249, 100)).Select(record => record.Sequence));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), (await Audit.ReadFromAsync(Acme, 0, 100)).Select(record => record.Sequence));
        Assert.Empty(await Audit.ReadFromAsync(Acme, 251, 100));
        Assert.Empty(await Audit.ReadFromAsync(Other, 1, 100));
    }

    [Fact]
    public async Task List_PageByPage_GivesEachOnceNewestFirst()
    {
        Assert.True(await Audit.AppendAsync(Acme, [.. Enumerable.Range(1, 1101).Select(i => Record(i))], []));

        var read = new List<long>();
        for (long? before = null; ;)
        {
            var page = await Audit.ListAsync(Acme, new(before, 100));
            read.AddRange(page.Select(record => record.Sequence));
            if (page.Count < 100)
            {
                break;
            }

            before = page[^1].Sequence;
        }

        Assert.Equal(Enumerable.Range(1, 1101).Reverse().Select(i => (long)i), read);
    }

    [Fact]
    public async Task List_Filters_AllHaveToMatch()
    {
        StoredAudit[] records =
        [
            Record(1) with { Actor = "user:alice", Action = "role.created", TargetType = "role", TargetId = "r1", Time = Noon, Hash = [1] },
            Record(2) with { Actor = "user:Alice", Action = "role.updated", TargetType = "role", TargetId = "r1", Time = Noon.AddHours(1), Hash = [2] },
            Record(3) with { Actor = "user:alice", Action = "role.assigned", TargetType = "user", TargetId = "r1", Time = Noon.AddHours(2), Hash = [3] },
            Record(4) with { Actor = "user:bob", Action = "role.assigned", TargetType = "x", TargetId = "role:r1", Time = Noon.AddHours(3) },
        ];
        Assert.True(await Audit.AppendAsync(Acme, records, []));
        async Task Finds(AuditQuery query, params long[] sequences)
        {
            var found = await Audit.ListAsync(Acme, query);
            Assert.Equal(sequences, found.Select(record => record.Sequence));
            Assert.All(found, record => Assert.Equal(record.Sequence == 1 ? null : [(byte)(record.Sequence - 1)], record.Previous));
        }
        var all = new AuditQuery(null, 100);

        await Finds(all, 4, 3, 2, 1);
        await Finds(all with { Limit = 2 }, 4, 3);
        await Finds(all with { Before = 3 }, 2, 1);
        await Finds(all with { Actor = "user:alice" }, 3, 1);
        await Finds(all with { Action = "role.assigned" }, 4, 3);
        await Finds(all with { Target = "r1" }, 3, 2, 1);
        await Finds(all with { Target = "role:r1" }, 4, 2, 1);
        await Finds(all with { Target = "R1" });
        await Finds(all with { From = Noon.AddHours(1) }, 4, 3, 2);
        await Finds(all with { To = Noon.AddHours(1) }, 1);
        await Finds(all with { Before = 4, Actor = "user:alice", Action = "role.created", Target = "role:r1", From = Noon, To = Noon.AddTicks(10) }, 1);
        Assert.Empty(await Audit.ListAsync(Other, all));
    }

    [Fact]
    public async Task List_ByWhatARecordIsAbout_FindsItOnceAndPages()
    {
        StoredAudit[] records = [.. Enumerable.Range(1, 300).Select(i => Record(i) with
        {
            TargetType = "assignment", TargetId = $"a{i}",
            About = [new("user", i % 3 == 0 ? "bob" : "alice"), new("role", i % 2 == 0 ? "alice" : "r"), new("user", "x:y"), new("user", "x:y")],
        })];
        Assert.True(await Audit.AppendAsync(Acme, records, []));
        Assert.True(await Audit.AppendAsync(Other, [records[0]], []));
        async Task Finds(string target, Func<int, bool> expected)
        {
            var found = new List<long>();
            for (long? before = null; ; before = found[^1])
            {
                var page = await Audit.ListAsync(Acme, new(before, 7) { Target = target });
                found.AddRange(page.Select(record => record.Sequence));
                if (page.Count < 7)
                {
                    break;
                }
            }
            Assert.Equal(Enumerable.Range(1, 300).Where(expected).Reverse().Select(i => (long)i), found);
        }

        await Finds("user:bob", i => i % 3 == 0);
        await Finds("bob", i => i % 3 == 0);
        await Finds("user:alice", i => i % 3 != 0);
        await Finds("role:alice", i => i % 2 == 0);
        await Finds("alice", i => i % 3 != 0 || i % 2 == 0);
        await Finds("x:y", _ => true);
        await Finds("user:x:y", _ => true);
        await Finds("assignment:a7", i => i == 7);
        await Finds("user:Bob", _ => false);
        Assert.Single(await Audit.ListAsync(Acme, new(null, 10) { Target = "bob", Actor = "user:root", From = Noon.AddSeconds(299) }));
    }

    private static StoredAudit Record(long sequence) =>
        new(sequence, Noon.AddSeconds(sequence), "user:root", "role.updated", "role", $"r{sequence}", [(byte)sequence], new byte[32]);

    private static void AssertSame(StoredAudit expected, StoredAudit actual)
    {
        Assert.Equal(expected.Payload, actual.Payload);
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected, actual with { Payload = expected.Payload, Hash = expected.Hash });
    }
}
