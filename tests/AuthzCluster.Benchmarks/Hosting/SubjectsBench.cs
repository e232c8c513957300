using AuthzCluster.Hosting;
using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Hosting;

/// <summary>The embedded host over 1,000,000 stored users with three assignments each.</summary>
public static class SubjectsBench
{
    private const int Users = 1_000_000, Activated = 100_000, Checks = 1_000_000;
    private static readonly string[] Roles = ["reader", "writer", "auditor"];
    private static readonly Caller Admin = new(new SubjectId("service", "admin"), "bench") { IsTrusted = true };

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        var alone = 0d;
        using var data = new TemporaryDirectory();
        await WithNodeAsync(data.Path, async node =>
        {
            foreach (var role in Roles)
            {
                await node.Roles.CreateAsync(TenantId.Default, new RoleDraft { Id = role, Name = role, Permissions = [$"{role}:do"] }, Admin);
            }
            await node.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User("u0")), Admin);
            alone = await CheckAsync(node);
            report.Add("check through the host, alone", alone, "ns");
        });
        await LoadAsync(data.Path);
        await WithNodeAsync(data.Path, async node =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            report.Add("memory of the host with 1,000,000 users on disk", before / 1048576.0, "MiB", atMost: 32);
            var onDisk = await CheckAsync(node);
            report.Add("check through the host, 1,000,000 users on disk", onDisk, "ns");
            report.Add("the same over the check alone", onDisk / alone, "times", atMost: 1.10);
            var start = Stopwatch.GetTimestamp();
            for (var i = 1; i <= Activated; i++)
            {
                await node.Decisions.EvaluateAsync(TenantId.Default, Ask($"u{i}"), DateTimeOffset.UtcNow);
            }
            report.Add("first check of a user, read from disk", Stopwatch.GetElapsedTime(start).TotalMicroseconds / Activated, "us");
            report.Add("memory of an activated user", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Activated, "B", atMost: 2048);
            var inMemory = await CheckAsync(node);
            report.Add("check through the host, 100,000 users in memory", inMemory, "ns");
            report.Add("the same over the check alone", inMemory / alone, "times", atMost: 1.10);
        });
    }

    private static async Task WithNodeAsync(string data, Func<EmbeddedNode, Task> use)
    {
        var node = new EmbeddedNode(new EmbeddedOptions { DataDirectory = data, IdleTime = TimeSpan.FromHours(1) }, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await node.StartAsync();
        try
        {
            await use(node);
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task<double> CheckAsync(EmbeddedNode node)
    {
        var request = Ask("u0");
        var now = DateTimeOffset.UtcNow;
        if (!(await node.Decisions.EvaluateAsync(TenantId.Default, request, now)).Value.IsAllowed)
        {
            throw new InvalidOperationException("u0 is not allowed");
        }
        return Measure.PerCall(
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    _ = node.Decisions.EvaluateAsync(TenantId.Default, request, now);
                }
            },
            Checks).Nanoseconds;
    }

    private static AccessRequest Ask(string user) => new() { Subject = SubjectId.User(user), Permission = Permission.Parse("reader:do") };

    private static async Task LoadAsync(string data)
    {
        await using var store = await SqliteStore.OpenAsync(new(data));
        var ids = new OrderedIds(TimeProvider.System);
        await Parallel.ForAsync(1, Users + 1, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, _) =>
        {
            var key = ActorKey.Of(TenantId.Default, SubjectId.User($"u{i}"));
            var live = Roles.Select(role => new Assignment { Id = ids.Next(), Role = new RoleId(role), GrantedBy = "service:admin", GrantedAt = DateTimeOffset.UnixEpoch }).ToArray();
            var outcome = await store.CommitAsync(new Commit(key, 0, SubjectCodec.Encode(new SubjectAssignments { Revision = 1, Live = [.. live] }))
            {
                Adds = [.. live.SelectMany(grant => new[]
                {
                    new IndexRow(TenantId.Default, IndexNames.RoleHolders, grant.Role.Value, key.Value),
                    new IndexRow(TenantId.Default, IndexNames.Assignments, grant.Id, key.Value),
                })],
            });
            if (outcome != CommitOutcome.Committed)
            {
                throw new InvalidOperationException($"{key}: {outcome}");
            }
        });
    }
}
