using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Every decision is joined with the stored entities as they are committed, all of one moment.</summary>
public abstract class EntityJoinSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Evaluate_ResourceOfAnotherTenant_DoesNotJoin()
    {
        var acme = new TenantId("acme");
        Ok(await Host.Tenants.CreateAsync(acme, new TenantPatch(), Admin));
        await OwnersAsync();
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice"), tenant: acme));
        Ok(await PutAsync("invoices:2", Bag("owner_id", "alice")));

        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.True(await MayOnAsync("alice", "invoices:read", "2"));
    }

    [Fact]
    public async Task Evaluate_AfterEachAcknowledgement_IsFinal()
    {
        await OwnersAsync();
        for (var round = 0; round < 3; round++)
        {
            Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
            Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
            Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
            Ok(await PutAsync("invoices:1", Bag("owner_id", "bob")));
            Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
            Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
            var explained = Ok(await Host.Decisions.ExplainAsync(Tenant, QuestionOn("alice", "invoices:read", "1"), Now));
            Assert.Equal(TraceOutcome.Granted, Assert.Single(explained.Trace).Outcome);
            Ok(await DeleteAsync("invoices:1"));
        }
    }

    [Fact]
    public async Task Evaluate_AfterACrash_SeesWhatWasAcknowledged()
    {
        await OwnersAsync();
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Ok(await PutAsync("invoices:2", Bag("owner_id", "alice")));
        Ok(await DeleteAsync("invoices:2"));
        await Host.CrashAndRestartAsync();

        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.False(await MayOnAsync("alice", "invoices:read", "2"));
    }

    [Fact]
    public async Task Put_Acknowledged_NoEvaluationThatStartsLaterSeesTheOld()
    {
        await OwnersAsync();
        var question = QuestionOn("alice", "invoices:read", "1");
        for (var round = 0; round < 30; round++)
        {
            Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
            var isOver = false;
            using var stop = new CancellationTokenSource();
            var askers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var mayNotAllow = Volatile.Read(ref isOver);
                    var decision = Ok(await Host.Decisions.EvaluateAsync(Tenant, question, Now));
                    Assert.False(mayNotAllow && decision.IsAllowed);
                    await Task.Yield();
                }
            })).ToArray();
            if (round % 2 == 0)
            {
                Ok(await DeleteAsync("invoices:1"));
            }
            else
            {
                Ok(await PutAsync("invoices:1", Bag("owner_id", "bob")));
            }
            Volatile.Write(ref isOver, true);
            Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
            await stop.CancelAsync();
            await Task.WhenAll(askers);
        }
    }

    [Fact]
    public async Task Evaluate_DuringALongWrite_AnswersFromTheCommittedState()
    {
        await OwnersAsync();
        Ok(await PutAsync("invoices:1", Bag("owner_id", "bob")));
        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        var (reached, proceed) = Host.Store.HoldCommits();
        var writing = Task.Run(() => PutAsync("invoices:1", Bag("owner_id", "alice")));
        await reached.Task;

        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.False(writing.IsCompleted);
        proceed.SetResult();
        Ok(await writing);
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
    }

    [Fact]
    public async Task Evaluate_SubjectAndResourceChangeInTurn_NeverSeesTwoMomentsAtOnce()
    {
        await RoleAsync("matcher", "invoices:read");
        // Stored are in turn (0,0), (1,0), (1,1), (1,0), (0,0): never (0,1), which alone would be granted.
        Condition[] conditions = [Is("subject.flag", "0"), Is("resource.flag", "1")];
        Ok(await Host.Assignments.AssignAsync(Tenant, "matcher", new AssignmentDraft(SubjectId.User("alice")) { Conditions = conditions }, Admin));
        var question = QuestionOn("alice", "invoices:read", "1");
        Ok(await PutAsync("user:alice", Bag("flag", "0")));
        Ok(await PutAsync("invoices:1", Bag("flag", "0")));
        Assert.True(Ok(await Host.Decisions.EvaluateAsync(Tenant, question with { ResourceProperties = Bag("flag", "1") }, Now)).IsAllowed);
        using var stop = new CancellationTokenSource();
        var askers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                for (var i = 0; i < 100; i++)
                {
                    Assert.False(Ok(await Host.Decisions.EvaluateAsync(Tenant, question, Now)).IsAllowed);
                }
                Assert.False(Ok(await Host.Decisions.ExplainAsync(Tenant, question, Now)).Decision.IsAllowed);
                await Task.Yield();
            }
        })).ToArray();
        for (var round = 0; round < 150; round++)
        {
            Ok(await PutAsync("user:alice", Bag("flag", "1")));
            Ok(await PutAsync("invoices:1", Bag("flag", "1")));
            Ok(await (round % 2 == 0 ? PutAsync("invoices:1", Bag("flag", "0")) : Removed("invoices:1")));
            Ok(await PutAsync("user:alice", Bag("flag", "0")));
        }
        await stop.CancelAsync();
        await Task.WhenAll(askers);

        async Task<Result<Actors.Views.EntityView>> Removed(string entity)
        {
            Ok(await DeleteAsync(entity));
            return await PutAsync(entity, Bag("flag", "0"));
        }
    }

    [Theory]
    [InlineData(CommitFault.FailBefore)]
    [InlineData(CommitFault.FailAfter)]
    public async Task Put_CommitFails_ServesTheCommittedThenRereads(CommitFault fault)
    {
        await OwnersAsync();
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        // In memory from here on; what is not, is read as it is stored.
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
        Host.Store.FailCommits(commit => commit.Key.Kind is "en" ? fault : CommitFault.None);

        Refused(ErrorCode.Unavailable, await PutAsync("invoices:1", Bag("owner_id", "bob")));
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
        Host.Store.Heal();

        // Whatever came of it, the next write is on what is stored.
        var next = Ok(await PutAsync("invoices:1", Bag("owner_id", "bob")));
        Assert.Equal(2, next.Entity.Revision);
        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.Single(await AuditAsync("entity.updated"));
    }

    [Fact]
    public async Task Evaluate_EntityCannotBeRead_IsUnavailableNotDecided()
    {
        await OwnersAsync();
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        await Host.RestartAsync();
        Host.Store.Damaged = ActorKey.Of(Tenant, Entity("invoices:1"));

        Refused(ErrorCode.Unavailable, await Host.Decisions.EvaluateAsync(Tenant, QuestionOn("alice", "invoices:read", "1"), Now));
        Refused(ErrorCode.Unavailable, await Host.Decisions.ExplainAsync(Tenant, QuestionOn("alice", "invoices:read", "1"), Now));
        Refused(ErrorCode.Unavailable, await PutAsync("invoices:1", AttributeBag.Empty));
        Assert.False(await MayOnAsync("alice", "invoices:read", "2"));

        Host.Store.Damaged = null;
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
    }

    [Fact]
    public async Task Put_FirstOfItsTypeCutOffAfterTheTypeWasRegistered_ARepeatCompletes()
    {
        await OwnersAsync();
        Host.Store.FailCommits(commit => commit.Key.Kind is "en" ? CommitFault.FailBefore : CommitFault.None);
        Refused(ErrorCode.Unavailable, await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        await Host.CrashAndRestartAsync();

        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Assert.True(await MayOnAsync("alice", "invoices:read", "1"));
    }

    [Fact]
    public async Task Evaluate_TypeOfWhichNothingIsStored_ReadsNothing()
    {
        await OwnersAsync();
        Ok(await PutAsync("orders:1", Bag("owner_id", "alice")));
        await Host.RestartAsync();

        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
        Assert.Equal(0, Host.Store.ReadsOf(ActorKey.Of(Tenant, Entity("invoices:1"))));
        Assert.Equal(0, Host.Store.ReadsOf(ActorKey.Of(Tenant, Entity("user:alice"))));
    }

    private static Condition Is(string path, string expected) => new("attribute_match", AttributeBag.Of(
        ("attribute", AttributeValue.Of(path)), ("operator", AttributeValue.Of("eq")), ("expected", AttributeValue.Of(expected))));

    private async Task OwnersAsync()
    {
        await RoleAsync("owner", "invoices:read:own");
        Ok(await AssignAsync("alice", "owner"));
        Assert.False(await MayOnAsync("alice", "invoices:read", "1"));
    }
}
