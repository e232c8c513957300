using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;
using AuthzCluster.TestingHost;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Testing;

/// <summary>What the test cluster promises developers.</summary>
public sealed class TestClusterTests
{
    private static readonly Caller Admin = new(SubjectId.User("root"), "request-1") { IsTrusted = true };

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task Start_SilosOutOfRange_IsRefusedByName(int silos)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => AuthzTestCluster.StartAsync(silos));
        Assert.StartsWith(nameof(AuthzTestOptions.Silos), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Twice_NeitherSeesTheOther()
    {
        await using var first = await AuthzTestCluster.StartAsync(silos: 1);
        await using var second = await AuthzTestCluster.StartAsync(silos: 1);
        await first.Seed.Role("reader", "docs:read").Assign("alice", "reader");

        Assert.True(await first.MayAsync("alice", "docs:read"));
        Assert.False(await second.MayAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Conditions_OfTheOptions_DecideOnEverySilo()
    {
        await using var authz = await AuthzTestCluster.StartAsync(new AuthzTestOptions { Silos = 2, Conditions = [new BlueMoon()] });
        await authz.Seed.Role("reader", "docs:read");
        var blue = new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("blue_moon"))));
        foreach (var who in new[] { "alice", "bob", "carol", "dave" })
        {
            Assert.True((await authz.Ports.Assignments.AssignAsync(
                TenantId.Default, "reader", new AssignmentDraft(SubjectId.User(who)) { Conditions = [blue] }, Admin)).IsOk);
            var question = new AccessRequest { Subject = SubjectId.User(who), Permission = Domain.Permissions.Permission.Parse("docs:read") };
            Assert.False((await authz.EvaluateAsync(question)).IsAllowed);
            Assert.True((await authz.EvaluateAsync(question with { Context = AttributeBag.Of(("moon", AttributeValue.Of("blue"))) })).IsAllowed);
        }
        var unknown = new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("red_moon"))));
        var refused = await authz.Ports.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User("eve")) { Conditions = [unknown] }, Admin);
        Assert.Equal(ErrorCode.ValidationFailed, refused.Error?.Code);
    }

    [Fact]
    public async Task Postgres_OnRequest_KeepsWhatWasWrittenForTheNextCluster()
    {
        var options = new AuthzTestOptions { Silos = 1, Storage = TestStorage.Postgres(PostgresServer.Shared.CreateDatabase()) };
        await using (var first = await AuthzTestCluster.StartAsync(options))
        {
            await first.Seed.Role("reader", "docs:read").Assign("alice", "reader");
        }
        await using var second = await AuthzTestCluster.StartAsync(options);

        Assert.True(await second.MayAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Seed_Refused_ThrowsAndSaysWhatAndWhy()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await authz.Seed.Assign("alice", "nobody"));

        Assert.Contains("nobody to user:alice was refused: RoleNotFound", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeedIn_ATenantThatIsNotThere_MakesItAndNoOther()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);
        await authz.SeedIn("acme").Role("reader", "docs:read").Assign("alice", "reader");
        await authz.SeedIn("acme").Assign("bob", "reader");

        Assert.True(await authz.MayAsync("bob", "docs:read", "acme"));
        Assert.False(await authz.MayAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Seed_CaseWithEverything_AnswersAsTheCaseSays()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);
        foreach (var name in new[] { "teams/team-assignments-have-scope-conditions-and-time.authz.yaml", "valid-until/teams-count-too.authz.yaml" })
        {
            var read = await authz.SeedAsync(Path.Combine(CaseSuite.Directory, name), Path.GetFileNameWithoutExtension(name)[..5]);

            Assert.NotEmpty(read.Checks);
            foreach (var check in read.Checks)
            {
                Assert.True(CaseWorld.TryRequest(check, out var question));
                var answer = await authz.Ports.Decisions.EvaluateAsync(new TenantId(Path.GetFileNameWithoutExtension(name)[..5]), question, check.At);
                Assert.Equal(check.Expect.Reason, CaseOutcome.Of(answer.Value!).Reason);
            }
        }
    }

    [Fact]
    public async Task Seed_CaseOfAnInstantThatIsOver_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "early.authz.yaml");
        await File.WriteAllTextAsync(path, "now: 2020-01-01T00:00:00Z\nchecks: []\n");
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => authz.SeedAsync(path));
        Assert.Contains("early.authz.yaml", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advance_BeyondManyEnds_AllAreTold()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        var (seed, end) = (authz.Seed.Role("reader", "docs:read"), authz.Time.GetUtcNow().AddHours(1));
        for (var i = 0; i < 300; i++)
        {
            seed = seed.Assign($"user-{i}", "reader", end);
        }
        await seed;

        await authz.AdvanceAsync(TimeSpan.FromHours(2));

        var told = await authz.Ports.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 1000) { Action = "role.expired" });
        Assert.Equal(300, told.Value!.Items.Count);
    }

    [Fact]
    public async Task Advance_Backwards_IsRefused()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => authz.AdvanceAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task FailNextWrite_DoneUnknown_IsDoneAndTheRepeatSaysSo()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        await authz.Seed.Role("reader", "docs:read");
        authz.FailNextWrite(WriteFault.DoneUnknown);

        var first = await authz.Ports.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User("alice")), Admin);
        var second = await authz.Ports.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User("alice")), Admin);

        Assert.Equal(ErrorCode.Unavailable, first.Error?.Code);
        Assert.True(second.IsOk);
        Assert.True(await authz.MayAsync("alice", "docs:read"));
        var told = await authz.Ports.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 10) { Action = "role.assigned" });
        Assert.Single(told.Value!.Items);
    }

    [Fact]
    public async Task Kill_SiloInTheMiddleOfAWrite_TheCallIsRepeatedAndDoneOnce()
    {
        await using var fixture = new ClusterFixture();
        await fixture.StartAsync();
        var authz = fixture.Cluster;
        await authz.Seed.Role("reader", "docs:read");
        var (reached, proceed) = fixture.Store.HoldCommits(commit => commit.Key.IsSubject);
        var alice = authz.Client.GetGrain<IUserAssignmentsGrain>(ActorKey.Of(TenantId.Default, SubjectId.User("alice")).Value);
        var writing = authz.Ports.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User("alice")), Admin);
        await reached.Task;

        var silo = await authz.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(alice);
        await authz.KillSiloAsync(authz.Silos.Addresses.IndexOf(silo!));
        fixture.Store.Heal();
        proceed.SetResult();

        // The call is lost with its silo, and repeated under its request id.
        Assert.Null((await writing).Error);
        var told = await authz.Ports.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 10) { Action = "role.assigned" });
        Assert.Single(told.Value!.Items);
    }

    [Fact]
    public async Task Kill_TheLastSilo_IsRefused()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => authz.KillSiloAsync());
        Assert.Equal(1, authz.SiloCount);
    }

    private sealed class BlueMoon : ICustomCondition
    {
        public string Name => "blue_moon";

        public IReadOnlyList<Domain.Errors.FieldError> Validate(AttributeBag parameters) => [];

        public Func<AccessRequest, DateTimeOffset, bool?> Compile(AttributeBag parameters) =>
            (request, _) => request.Context.TryGet("moon", out var moon) && moon == AttributeValue.Of("blue");
    }
}
