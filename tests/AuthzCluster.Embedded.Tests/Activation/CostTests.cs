using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;
using Xunit.Abstractions;

namespace AuthzCluster.Embedded.Tests.Activation;

/// <summary>Nothing else runs meanwhile: it would be measured too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What a warm evaluation and an activated subject cost.</summary>
[Collection(nameof(Alone))]
public sealed class CostTests(ITestOutputHelper output) : HostSuite(new EmbeddedFixture())
{
    [Fact]
    public async Task Evaluate_Warm_CompletesAtOnceAndAllocatesNothing()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var (question, now) = (Question("alice", "invoices:read"), Now);
        var decisions = Host.Decisions;
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(decisions.EvaluateAsync(Tenant, question, now) is { IsCompletedSuccessfully: true });
        }

        var allowed = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            var answer = await decisions.EvaluateAsync(Tenant, question, now);
            allowed += answer.Value.Reason == DecisionReason.Granted ? 1 : 0;
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, allowed);
    }

    [Fact]
    public async Task ActivatedSubject_WithThreeAssignments_CostsAtMostTwoKibibytes()
    {
        const int count = 20_000;
        foreach (var role in new[] { "reader", "writer", "approver" })
        {
            await RoleAsync(role, $"invoices:{role}");
        }
        var rows = Enumerable.Range(0, count).SelectMany(i => new[] { "reader", "writer", "approver" }.Select(role =>
            new AssignmentRow(role, new AssignmentDraft(SubjectId.User($"user-{i:d8}")))));
        Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, [.. rows], dryRun: false, Admin));
        await Host.RestartAsync();
        Assert.False(await MayAsync("nobody", "invoices:reader"));

        var before = Memory();
        for (var i = 0; i < count; i++)
        {
            Assert.True(await MayAsync($"user-{i:d8}", "invoices:writer"));
        }
        var each = (Memory() - before) / (double)count;
        output.WriteLine($"{each:f0} bytes for each of {count} activated subjects with three assignments");
        Assert.InRange(each, 1, 2048);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
