using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    [Fact]
    public async Task Commit_RequiredRowThere_Commits()
    {
        await AddRowsAsync(Assignable("viewer"));
        await CommitAsync(new(User("alice"), 0, [1]) { Requires = [Assignable("viewer")] });
    }

    [Fact]
    public async Task Commit_RequiredRowMissing_ChangesNothing()
    {
        await AddRowsAsync(Assignable("viewer"));

        var outcome = await Actors.CommitAsync(new(User("alice"), 0, [1])
        {
            Requires = [Assignable("viewer"), Assignable("Viewer")],
            Adds = [Holder("viewer", "alice")],
            Outbox = [new(Acme, [1])],
        });

        Assert.Equal(CommitOutcome.RequirementMissing, outcome);
        Assert.Null(await Actors.ReadAsync(User("alice")));
        Assert.Empty(await MembersAsync(IndexNames.RoleHolders, "viewer"));
        Assert.Empty(await Audit.ReadOutboxAsync(Acme, 10));
    }

    [Fact]
    public async Task Commit_RequiredRowOfAnotherTenantOrIndex_IsMissing()
    {
        await AddRowsAsync(new IndexRow(new TenantId("other"), IndexNames.AssignableRoles, "viewer", ""), Holder("viewer", ""));

        Assert.Equal(
            CommitOutcome.RequirementMissing,
            await Actors.CommitAsync(new(User("alice"), 0, [1]) { Requires = [Assignable("viewer")] }));
    }

    [Fact]
    public async Task Commit_RequirementAgainstItsRemoval_OneComesFirst()
    {
        // A grant needs the role's row and adds a holder; the role's end takes the row away and then reads the holders.
        for (var round = 0; round < 20; round++)
        {
            var role = $"role{round}";
            var roleKey = ActorKey.Of(Acme, new RoleId(role));
            await CommitAsync(new(roleKey, 0, [1]) { Adds = [Assignable(role)] });
            var removal = Task.Run(async () =>
            {
                await CommitAsync(new(roleKey, 1, [2]) { Removes = [Assignable(role)] });
                return await MembersAsync(IndexNames.RoleHolders, role);
            });
            var grants = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            {
                var grant = new Commit(User($"{role}/{i}"), 0, [1]) { Requires = [Assignable(role)], Adds = [Holder(role, $"{i:d2}")] };
                return await Actors.CommitAsync(grant);
            })));

            var granted = Enumerable.Range(0, 16).Where(i => grants[i] == CommitOutcome.Committed).Select(i => $"{i:d2}");
            Assert.Equal(granted, await removal);
            Assert.Equal(granted, await MembersAsync(IndexNames.RoleHolders, role));
        }
    }

    [Fact]
    public async Task Commit_KeyThatMustBeVacant_LooksAtItsLiveRowsOnly()
    {
        await AddRowsAsync(Holder("past", "a", Noon), Holder("future", "a", Noon.AddMicroseconds(1)), Holder("always", "a"), Holder("Empty", "a"));

        foreach (var (role, outcome) in new[]
        {
            ("past", CommitOutcome.Committed), ("empty", CommitOutcome.Committed), ("future", CommitOutcome.Occupied), ("always", CommitOutcome.Occupied),
        })
        {
            var commit = new Commit(User(role), 0, [1]) { Vacant = [Holder("nobody", "", Noon), Holder(role, "", Noon)], Adds = [Assignable(role)], Outbox = [new(Acme, [1])] };
            Assert.Equal(outcome, await Actors.CommitAsync(commit));
            Assert.Equal(outcome == CommitOutcome.Committed, await Actors.ReadAsync(User(role)) is not null);
            Assert.Equal(outcome == CommitOutcome.Committed ? 1 : 0, (await MembersAsync(IndexNames.AssignableRoles, role)).Length);
        }
        Assert.Equal(2, (await Audit.ReadOutboxAsync(Acme, 10)).Count);
    }

    [Fact]
    public async Task Commit_VacancyAgainstGrants_OneComesFirst()
    {
        // A grant needs the role's row; the role's end takes the row away, and needs that there is no holder.
        for (var round = 0; round < 20; round++)
        {
            var role = $"vacant{round}";
            var roleKey = ActorKey.Of(Acme, new RoleId(role));
            await CommitAsync(new(roleKey, 0, [1]) { Adds = [Assignable(role)] });
            var removal = Task.Run(async () => await Actors.CommitAsync(
                new(roleKey, 1, [2]) { Removes = [Assignable(role)], Vacant = [Holder(role, "", Noon)] }));
            var grants = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await Actors.CommitAsync(
                new Commit(User($"{role}/{i}"), 0, [1]) { Requires = [Assignable(role)], Adds = [Holder(role, $"{i}")] }))));

            var isRemoved = await removal == CommitOutcome.Committed;
            Assert.All(grants, grant => Assert.Equal(isRemoved ? CommitOutcome.RequirementMissing : CommitOutcome.Committed, grant));
        }
    }

    [Fact]
    public async Task Commit_VacancyAgainstRowsOfOthers_NeverBoth()
    {
        // Nothing but the vacancy itself stands between them.
        for (var round = 0; round < 30; round++)
        {
            var role = $"bare{round}";
            var vacancies = Enumerable.Range(0, 4).Select(i => Task.Run(async () => await Actors.CommitAsync(
                new(User($"{role}/v{i}"), 0, [1]) { Vacant = [Holder(role, "", Noon)], Adds = [Holder(role, $"v{i}")] }))).ToArray();
            var outcomes = await Task.WhenAll(vacancies);

            Assert.Single(outcomes, CommitOutcome.Committed);
            Assert.Equal(3, outcomes.Count(outcome => outcome == CommitOutcome.Occupied));
            Assert.Single(await MembersAsync(IndexNames.RoleHolders, role));
        }
    }

    [Fact]
    public async Task Commit_RowsInOppositeOrders_AllGetThrough()
    {
        // Each needs rows that the next removes, named in every order: whoever locked as it came would wait in a circle.
        const int count = 12;
        string[] roles = [.. Enumerable.Range(0, count).Select(i => $"role{i:d2}")];
        for (var round = 0; round < 10; round++)
        {
            await AddRowsAsync([.. roles.Select(Assignable)]);
            var random = new Random(round);
            var commits = Enumerable.Range(0, count).Select(i =>
            {
                var order = roles.ToArray();
                random.Shuffle(order);
                return new Commit(User($"{round}/{i}"), 0, [1])
                {
                    Requires = [.. order.Where(role => role != roles[i]).Take(4).Select(Assignable)],
                    Removes = [Assignable(roles[i]), Assignable(roles[(i + 1) % count])],
                    Adds = [.. order.Select(role => Holder(role, "x", Noon.AddMinutes(i)))],
                };
            }).ToArray();

            var outcomes = await Task.WhenAll(commits.Select(commit => Task.Run(async () => await Actors.CommitAsync(commit))));

            Assert.All(outcomes, outcome => Assert.True(outcome is CommitOutcome.Committed or CommitOutcome.RequirementMissing));
            var removed = Enumerable.Range(0, count).Where(i => outcomes[i] == CommitOutcome.Committed).SelectMany(i => new[] { roles[i], roles[(i + 1) % count] }).ToHashSet();
            foreach (var role in roles)
            {
                Assert.Equal(removed.Contains(role) ? 0 : 1, (await MembersAsync(IndexNames.AssignableRoles, role)).Length);
                Assert.Single(await MembersAsync(IndexNames.RoleHolders, role));
                Assert.Equal(1, await Actors.CountIndexAsync(Acme, IndexNames.RoleHolders, role, Noon.AddDays(-1)));
            }
        }
    }
}
