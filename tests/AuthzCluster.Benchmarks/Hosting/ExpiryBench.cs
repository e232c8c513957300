using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Hosting;

/// <summary>10,000 assignments that end at the same instant: how long until all of it is told, and what checks cost meanwhile.</summary>
public static class ExpiryBench
{
    private const int Users = 10_000, AtOnce = 16, ChecksOfARound = 2_000;
    private static readonly TimeSpan Making = TimeSpan.FromSeconds(60), Quiet = TimeSpan.FromSeconds(3), Look = TimeSpan.FromMilliseconds(100);
    private static readonly Caller Admin = new(new SubjectId("service", "admin"), "bench") { IsTrusted = true };

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        var node = new EmbeddedNode(new EmbeddedOptions { DataDirectory = data.Path }, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await node.StartAsync();
        try
        {
            Must(await node.Roles.CreateAsync(TenantId.Default, new RoleDraft { Id = "given", Name = "given", Permissions = ["a:read"] }, Admin));
            Must(await node.Assignments.AssignAsync(TenantId.Default, "given", new AssignmentDraft(SubjectId.User("stays")), Admin));
            var end = DateTimeOffset.UtcNow + Making;
            await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
                Must(await node.Assignments.AssignAsync(TenantId.Default, "given", new AssignmentDraft(SubjectId.User($"u{i}")) { ExpiresAt = end }, Admin)));
            var given = await LastAsync(node);
            if (DateTimeOffset.UtcNow >= end - Quiet)
            {
                report.LeaveOut("10,000 expiries at once", $"giving them took more than {Making}");
                return;
            }

            var before = await CheckWhileAsync(node, () => DateTimeOffset.UtcNow < end);
            var told = TellAsync(node, given + Users, end);
            var during = await CheckWhileAsync(node, () => !told.IsCompleted);
            report.Add("10,000 expiries at the same instant are all on the audit log after", (await told).TotalSeconds, "s", atMost: 10);
            report.Add("a check before", before, "ns");
            report.Add("a check meanwhile", during, "ns");
            report.Add("the same over the one before", during / before, "times", atMost: 1.10);
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task<TimeSpan> TellAsync(EmbeddedNode node, long sequence, DateTimeOffset since)
    {
        while (await LastAsync(node) < sequence)
        {
            await Task.Delay(Look);
        }
        return DateTimeOffset.UtcNow - since;
    }

    private static async Task<long> LastAsync(EmbeddedNode node)
    {
        var page = await node.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 1));
        return page.IsOk ? page.Value.Items[0].Sequence : throw new InvalidOperationException(page.Error.Detail);
    }

    // The median of rounds: what a check costs, and not how often something came in between.
    private static async Task<double> CheckWhileAsync(EmbeddedNode node, Func<bool> goesOn)
    {
        var request = new AccessRequest { Subject = SubjectId.User("stays"), Permission = Permission.Parse("a:read") };
        var rounds = new List<double>();
        do
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < ChecksOfARound; i++)
            {
                await node.Decisions.EvaluateAsync(TenantId.Default, request, DateTimeOffset.UtcNow);
            }
            rounds.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / ChecksOfARound);
        }
        while (goesOn());
        return rounds.Order().ElementAt(rounds.Count / 2);
    }

    private static void Must<T>(Result<T> result)
    {
        if (!result.IsOk)
        {
            throw new InvalidOperationException(result.Error.Detail);
        }
    }
}
