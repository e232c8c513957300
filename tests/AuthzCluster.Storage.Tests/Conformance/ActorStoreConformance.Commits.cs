using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    [Fact]
    public async Task Read_NothingStored_IsNull() => Assert.Null(await Actors.ReadAsync(User("alice")));

    [Fact]
    public async Task Commit_First_IsVersion1()
    {
        await CommitAsync(new(User("alice"), 0, [1, 2, 3]));

        var stored = await Actors.ReadAsync(User("alice"));
        Assert.Equal((User("alice"), 1L), (stored!.Key, stored.Version));
        Assert.Equal([1, 2, 3], stored.State);
    }

    [Fact]
    public async Task Commit_Next_RaisesVersionAndReplacesState()
    {
        await CommitAsync(new(User("alice"), 0, [1]));
        await CommitAsync(new(User("alice"), 1, [2]));
        await CommitAsync(new(User("alice"), 2, []));

        var stored = await Actors.ReadAsync(User("alice"));
        Assert.Equal(3, stored!.Version);
        Assert.Empty(stored.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Commit_OtherVersionStored_ConflictsAndChangesNothing(long expected)
    {
        await CommitAsync(new(User("alice"), 0, [1]));
        await CommitAsync(new(User("alice"), 1, [2]) { Adds = [Holder("old", "alice")] });

        var outcome = await Actors.CommitAsync(new(User("alice"), expected, [9])
        {
            Adds = [Holder("new", "alice")],
            Removes = [Holder("old", "alice")],
            Outbox = [new(Acme, [9])],
        });

        Assert.Equal(CommitOutcome.VersionConflict, outcome);
        Assert.Equal([2], (await Actors.ReadAsync(User("alice")))!.State);
        Assert.Equal(["alice"], await MembersAsync(IndexNames.RoleHolders, "old"));
        Assert.Empty(await MembersAsync(IndexNames.RoleHolders, "new"));
        Assert.Empty(await Audit.ReadOutboxAsync(Acme, 10));
    }

    [Fact]
    public async Task Commit_ExpectedVersionOfNothing_Conflicts()
    {
        Assert.Equal(CommitOutcome.VersionConflict, await Actors.CommitAsync(new(User("alice"), 1, [1])));
        Assert.Equal(CommitOutcome.VersionConflict, await Actors.CommitAsync(new(User("alice"), 1, null)));
        Assert.Null(await Actors.ReadAsync(User("alice")));
    }

    [Fact]
    public async Task Commit_NullState_RemovesIt()
    {
        await CommitAsync(new(User("alice"), 0, [1]));
        await CommitAsync(new(User("alice"), 1, null));

        Assert.Null(await Actors.ReadAsync(User("alice")));
        await CommitAsync(new(User("alice"), 0, [2]));
        Assert.Equal(1, (await Actors.ReadAsync(User("alice")))!.Version);
    }

    [Fact]
    public async Task Commit_NullStateOfNothing_WritesItsRows()
    {
        await CommitAsync(new(User("alice"), 0, null) { Adds = [Holder("viewer", "alice")] });

        Assert.Null(await Actors.ReadAsync(User("alice")));
        Assert.Equal(["alice"], await MembersAsync(IndexNames.RoleHolders, "viewer"));
    }

    [Fact]
    public async Task Commit_ManyCreateTheSame_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = User($"u{round}");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
            {
                await Task.Yield();
                return await Actors.CommitAsync(new(key, 0, [(byte)i]) { Adds = [Holder("viewer", $"{key}/{i}")] });
            }));

            var winner = Assert.Single(Enumerable.Range(0, 32), i => outcomes[i] == CommitOutcome.Committed);
            Assert.Equal([(byte)winner], (await Actors.ReadAsync(key))!.State);
            Assert.Contains($"{key}/{winner}", await MembersAsync(IndexNames.RoleHolders, "viewer"));
            Assert.Equal(round + 1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, "viewer", Noon));
        }
    }

    [Fact]
    public async Task Commit_ConcurrentIncrements_LoseNone()
    {
        const int writers = 8, each = 25;
        await CommitAsync(new(User("counter"), 0, BitConverter.GetBytes(0)));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            for (var done = 0; done < each;)
            {
                var read = (await Actors.ReadAsync(User("counter")))!;
                var next = BitConverter.GetBytes(BitConverter.ToInt32(read.State) + 1);
                done += await Actors.CommitAsync(new(read.Key, read.Version, next)) == CommitOutcome.Committed ? 1 : 0;
            }
        }));

        var last = (await Actors.ReadAsync(User("counter")))!;
        Assert.Equal((writers * each) + 1, last.Version);
        Assert.Equal(writers * each, BitConverter.ToInt32(last.State));
    }

    [Fact]
    public async Task Commit_LargeState_IsKeptWhole()
    {
        var state = new byte[8 << 20];
        new Random(1).NextBytes(state);
        await CommitAsync(new(User("big"), 0, state));
        Assert.Equal(state, (await Actors.ReadAsync(User("big")))!.State);

        await CommitAsync(new(User("big"), 1, state[..100]));
        Assert.Equal(state[..100], (await Actors.ReadAsync(User("big")))!.State);
    }

    [Fact]
    public async Task ReadMany_SomeMissing_GivesThoseThatAreThere()
    {
        var keys = Enumerable.Range(0, 250).Select(i => User($"u{i}")).ToArray();
        await Task.WhenAll(keys.Where((_, i) => i % 2 == 0).Select(key => CommitAsync(new(key, 0, [7]))));

        var states = await Actors.ReadManyAsync(keys);

        Assert.Equal(
            keys.Where((_, i) => i % 2 == 0).Select(key => key.Value).Order(StringComparer.Ordinal),
            states.Select(state => state.Key.Value).Order(StringComparer.Ordinal));
        Assert.Empty(await Actors.ReadManyAsync([]));
    }

    [Fact]
    public async Task Commit_StateIndexAndOutbox_AreNeverSeenApart()
    {
        // Read in the order outbox, index, state: what was written together must be there when the later is read.
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 300; i++)
            {
                await CommitAsync(new(User("alice"), i - 1, BitConverter.GetBytes(i))
                {
                    Adds = [Holder("viewer", $"{i:d4}")],
                    Outbox = [new(Acme, BitConverter.GetBytes(i))],
                });
            }
        });
        while (!writing.IsCompleted)
        {
            var outbox = (await Audit.ReadOutboxAsync(Acme, 1000)).Count;
            var rows = (await MembersAsync(IndexNames.RoleHolders, "viewer")).Length;
            var version = (await Actors.ReadAsync(User("alice")))?.Version ?? 0;
            var later = (await MembersAsync(IndexNames.RoleHolders, "viewer")).Length;
            Assert.True(outbox <= rows && rows <= version && version <= later, $"{outbox} {rows} {version} {later}");
        }

        await writing;
        Assert.Equal(300, (await Audit.ReadOutboxAsync(Acme, 1000)).Count);
    }
}
