using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

public abstract partial class ActorStoreConformance
{
    [Fact]
    public async Task Commit_WithARequest_KeepsIt()
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a") });

        AssertSame(Mark("a"), await Actors.ReadRequestAsync(Acme, "a"));
    }

    [Fact]
    public async Task Commit_RequestThatIsKept_ChangesNothing()
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a") });

        // The right version and a stale one, another actor, a requirement that is missing: that it was done goes before all.
        Commit[] repeats =
        [
            new(User("alice"), 1, [2]), new(User("alice"), 0, [2]), new(User("bob"), 0, [2]) { Requires = [Assignable("nothing")] },
            new(User("carol"), 0, [2]) { Vacant = [Holder("viewer", "", Noon)] },
        ];
        foreach (var repeat in repeats)
        {
            var commit = repeat with { Request = Mark("a", answer: [9]), Adds = [Holder("viewer", "alice")], Outbox = [new(Acme, [1])] };
            Assert.Equal(CommitOutcome.Repeated, await Actors.CommitAsync(commit));
        }

        Assert.Equal([1], (await Actors.ReadAsync(User("alice")))!.State);
        Assert.Null(await Actors.ReadAsync(User("bob")));
        Assert.Empty(await MembersAsync(IndexNames.RoleHolders, "viewer"));
        Assert.Empty(await Audit.ReadOutboxAsync(Acme, 10));
        AssertSame(Mark("a"), await Actors.ReadRequestAsync(Acme, "a"));
    }

    [Fact]
    public async Task Commit_Refused_KeepsNoRequest()
    {
        Assert.Equal(CommitOutcome.VersionConflict, await Actors.CommitAsync(new(User("alice"), 3, [1]) { Request = Mark("a") }));
        Assert.Equal(
            CommitOutcome.RequirementMissing,
            await Actors.CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a"), Requires = [Assignable("nothing")] }));

        Assert.Null(await Actors.ReadRequestAsync(Acme, "a"));
        await CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a") });
    }

    [Fact]
    public async Task Commit_SameIdInAnotherTenantOrOfAnotherCase_IsAnotherRequest()
    {
        await CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a") });
        await CommitAsync(new(User("alice"), 1, [2]) { Request = Mark("A") });
        await CommitAsync(new(User("alice"), 2, [3]) { Request = Mark("a") with { Tenant = new TenantId("ACME") } });
        await CommitAsync(new(User("alice"), 3, [4]) { Request = Mark("a ") });

        Assert.Null(await Actors.ReadRequestAsync(new TenantId("other"), "a"));
    }

    [Fact]
    public async Task Commit_OneRequestByMany_IsDoneOnce()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = $"r{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await Actors.CommitAsync(
                new(User($"{id}/{i}"), 0, [1]) { Request = Mark(id, answer: [(byte)i]), Outbox = [new(Acme, [(byte)i])] }))));

            var done = Assert.Single(Enumerable.Range(0, 16), i => outcomes[i] == CommitOutcome.Committed);
            Assert.Equal(15, outcomes.Count(outcome => outcome == CommitOutcome.Repeated));
            Assert.Equal([(byte)done], (await Actors.ReadRequestAsync(Acme, id))!.Answer);
            Assert.Equal(round + 1, (await Audit.ReadOutboxAsync(Acme, 100)).Count);
        }
    }

    [Fact]
    public async Task Keep_Twice_TheFirstWins()
    {
        AssertSame(Mark("a"), await Actors.KeepRequestAsync(Mark("a")));
        AssertSame(Mark("a"), await Actors.KeepRequestAsync(Mark("a", answer: [7, 7])));

        AssertSame(Mark("a"), await Actors.ReadRequestAsync(Acme, "a"));
        Assert.Equal(CommitOutcome.Repeated, await Actors.CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("a") }));
    }

    [Fact]
    public async Task Keep_ByMany_AllLearnOfTheSame()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () => await Actors.KeepRequestAsync(Mark("a", answer: [(byte)i])))));

        Assert.Single(kept.Select(mark => mark.Answer[0]).Distinct());
    }

    [Fact]
    public async Task Keep_EmptyAndLargeAnswers_AreKeptWhole()
    {
        var large = new byte[2 << 20];
        Random.Shared.NextBytes(large);

        await Actors.KeepRequestAsync(Mark("empty", answer: []));
        await Actors.KeepRequestAsync(Mark("large", answer: large));

        Assert.Empty((await Actors.ReadRequestAsync(Acme, "empty"))!.Answer);
        Assert.Equal(large, (await Actors.ReadRequestAsync(Acme, "large"))!.Answer);
    }

    [Fact]
    public async Task Keep_Instant_IsExactToTheMicrosecond()
    {
        var at = new DateTimeOffset(2026, 7, 1, 14, 0, 0, TimeSpan.FromHours(2)).AddMicroseconds(123457);
        var kept = await Actors.KeepRequestAsync(Mark("a", at.AddTicks(3)));

        Assert.Equal(at, kept.Until);
        Assert.Equal(at, (await Actors.ReadRequestAsync(Acme, "a"))!.Until);
    }

    [Fact]
    public async Task PurgeRequests_TakesTheOldestBeforeAnInstant()
    {
        foreach (var minute in new[] { 3, 1, 2, 0 })
        {
            await Actors.KeepRequestAsync(Mark($"m{minute}", Noon.AddMinutes(minute)));
        }

        Assert.Equal(0, await Actors.PurgeRequestsAsync(Noon, 10));
        Assert.Equal(2, await Actors.PurgeRequestsAsync(Noon.AddMinutes(3), 2));
        Assert.Equal(["m2", "m3"], await KeptAsync());
        Assert.Equal(1, await Actors.PurgeRequestsAsync(Noon.AddMinutes(3), 2));
        Assert.Equal(["m3"], await KeptAsync());
        Assert.Equal(0, await Actors.PurgeRequestsAsync(Noon.AddMinutes(3), 2));
        await CommitAsync(new(User("alice"), 0, [1]) { Request = Mark("m1") });
    }

    [Fact]
    public async Task Purge_Tenant_TakesItsRequests()
    {
        TenantId[] others = [new("acme2"), new("Acme"), new("acm")];
        foreach (var tenant in others.Append(Acme))
        {
            await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Actors.KeepRequestAsync(Mark($"r{i}") with { Tenant = tenant }).AsTask()));
        }

        await Actors.PurgeAsync(Acme);

        Assert.Null(await Actors.ReadRequestAsync(Acme, "r0"));
        Assert.Equal(600 * others.Length, await Actors.PurgeRequestsAsync(DateTimeOffset.MaxValue, 10_000));
    }

    private static RequestMark Mark(string id, DateTimeOffset? at = null, byte[]? answer = null) => new(Acme, id, [5, 6], answer ?? [1, 2, 3], at ?? Noon);

    private static void AssertSame(RequestMark expected, RequestMark? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Tenant, expected.Id, expected.Until), (actual.Tenant, actual.Id, actual.Until));
        Assert.Equal(expected.Fingerprint, actual.Fingerprint);
        Assert.Equal(expected.Answer, actual.Answer);
    }

    private async Task<string[]> KeptAsync()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => await Actors.ReadRequestAsync(Acme, $"m{i}")));
        return [.. kept.Where(mark => mark is not null).Select(mark => mark!.Id)];
    }
}
