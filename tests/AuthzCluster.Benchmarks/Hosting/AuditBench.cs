using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded;
using AuthzCluster.Hosting;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;
using System.Diagnostics;

namespace AuthzCluster.Benchmarks.Hosting;

/// <summary>The audit log: verifying what is stored, and keeping up with the changes of one tenant.</summary>
public static class AuditBench
{
    private const int Stored = 400_000, Batch = 1_000, Writers = 64, Each = 250;
    private const double PromisedVerified = 200_000, PromisedChanges = 3_000;

    public static async Task RunAsync(BenchReport report)
    {
        using var directory = new TemporaryDirectory();
        var options = new EmbeddedOptions { DataDirectory = directory.Path };
        await FillAsync(directory.Path);
        var node = new EmbeddedNode(options, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await node.StartAsync();
        try
        {
            var (mark, records, watch) = (AuditMark.Beginning, 0L, Stopwatch.StartNew());
            while (true)
            {
                var stretch = (await node.AuditTrail.VerifyAsync(TenantId.Default, mark)).Value!;
                (records, mark) = (records + stretch.Records, stretch.End);
                if (stretch.IsEnd)
                {
                    break;
                }
            }
            report.Add("records verified a second, SQLite", records / watch.Elapsed.TotalSeconds, "/s", atLeast: PromisedVerified);

            watch.Restart();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => ChangeAsync(node, writer))));
            var written = watch.Elapsed;
            await node.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 1));
            report.Add("changes of one tenant a second", Writers * Each / written.TotalSeconds, "/s", atLeast: PromisedChanges);
            report.Add("their records are all in the log after", (watch.Elapsed - written).TotalMilliseconds, "ms");
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task ChangeAsync(EmbeddedNode node, int writer)
    {
        for (var i = 0; i < Each; i++)
        {
            var given = await node.Assignments.AssignAsync(
                TenantId.Default, "viewer", new AssignmentDraft(SubjectId.User($"w{writer}")) { Scope = AttributeBag.Of(("n", AttributeValue.Of((decimal)(i % 20)))), Reason = $"{i}" }, Caller.System("bench"));
            _ = given.Value ?? throw new InvalidOperationException(given.Error!.Detail);
        }
    }

    // Records as the log keeps them of assignments, each chained to the one before.
    private static async Task FillAsync(string directory)
    {
        await using var store = await SqliteStore.OpenAsync(new(directory));
        var state = AttributeBag.Of(
            ("id", AttributeValue.Of("0198a1b2c3d47e5f8a9b0c1d2e3f4a5b")), ("role_id", AttributeValue.Of("role_viewer")), ("role_name", AttributeValue.Of("viewer")),
            ("principal", AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of("user")), ("id", AttributeValue.Of("alice"))))));
        var pending = AuditCodec.EncodePending(
            new AuditEntry(AuditActions.RoleAssigned, "assignment", "0198a1b2c3d47e5f8a9b0c1d2e3f4a5b", null, state), "0198a1b2c3d47e5f8a9b0c1d2e3f4a5c", DateTimeOffset.UnixEpoch, Caller.System("bench"));
        var hash = new byte[32];
        for (var sequence = 1L; sequence <= Stored;)
        {
            var records = new List<StoredAudit>(Batch);
            for (var i = 0; i < Batch; i++, sequence++)
            {
                records.Add(AuditCodec.Seal(TenantId.Default, pending, sequence, hash));
                hash = records[^1].Hash;
            }
            if (!await store.AppendAsync(TenantId.Default, records, []))
            {
                throw new InvalidOperationException("the records were refused");
            }
        }
    }
}
