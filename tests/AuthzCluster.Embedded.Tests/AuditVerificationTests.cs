using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Testing;
using SQLitePCL;

namespace AuthzCluster.Embedded.Tests;

/// <summary>Whoever writes to the database behind the service's back is found out, and where; sealed or not.</summary>
public sealed class AuditVerificationTests : IAsyncDisposable
{
    private const int Records = 7;
    private static readonly TenantId Tenant = TenantId.Default;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-evidence-");
    private EmbeddedNode? _node;

    private EmbeddedNode Node => _node!;

    public static TheoryData<bool, string, AuditFault, long> Changes()
    {
        var changes = new TheoryData<bool, string, AuditFault, long>();
        foreach (var isSealed in new[] { true, false })
        {
            changes.Add(isSealed, "UPDATE audit SET payload = CAST(payload || x'20' AS BLOB) WHERE sequence = 4", AuditFault.Changed, 4);
            changes.Add(isSealed, "UPDATE audit SET payload = CAST(payload || x'20' AS BLOB) WHERE sequence = 7", AuditFault.Changed, 7);
            changes.Add(isSealed, "UPDATE audit SET payload = zeroblob(0) WHERE sequence = 1", AuditFault.Changed, 1);
            changes.Add(isSealed, "UPDATE audit SET hash = zeroblob(32) WHERE sequence = 4", AuditFault.WrongHash, 4);
            changes.Add(isSealed, "UPDATE audit SET hash = zeroblob(3) WHERE sequence = 1", AuditFault.WrongHash, 1);
            changes.Add(isSealed, "DELETE FROM audit WHERE sequence = 4", AuditFault.Gap, 4);
            changes.Add(isSealed, "DELETE FROM audit WHERE sequence < 4", AuditFault.Gap, 1);
            changes.Add(isSealed, "UPDATE audit SET sequence = 99 WHERE sequence = 4; UPDATE audit SET sequence = 4 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 99", AuditFault.WrongOrder, 4);
            changes.Add(isSealed, "UPDATE audit SET sequence = 99 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 6; UPDATE audit SET sequence = 6 WHERE sequence = 99", AuditFault.WrongOrder, 2);
            // Moved up, so that no gap is left: of what is sealed it is not known where it was.
            changes.Add(isSealed, "DELETE FROM audit WHERE sequence = 4; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 4", isSealed ? AuditFault.Changed : AuditFault.WrongOrder, 4);
        }
        return changes;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Verify_ChangedBehindItsBack_NamesTheFirstBreak(bool isSealed, string change, AuditFault fault, long sequence)
    {
        await StartAsync(isSealed);
        await WriteAsync();
        var kept = Ok(await Node.AuditTrail.CheckpointAsync(Tenant));
        await Node.StopAsync();
        Execute(change.Replace("WHERE", $"WHERE tenant = '{Tenant}' AND", StringComparison.Ordinal));
        await StartAsync(isSealed);

        var found = await VerifyAsync(AuditMark.Beginning);
        Assert.Equal((fault, sequence), (found.Break!.Fault, found.Break.Sequence));
        Assert.Equal((sequence - 1, sequence - 1), (found.Records, found.End.Sequence));
        Assert.NotEmpty(found.Break.Detail);
        // Whoever verified up to there, and goes on behind it, is not led past it either.
        Assert.Equal(found.Break, (await VerifyAsync(found.End)).Break);
        Assert.Equal(sequence == Records ? sequence : Records, kept.Sequence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_Untouched_IsIntactFromWhereverItBegins(bool isSealed)
    {
        await StartAsync(isSealed);
        await WriteAsync();

        for (var from = 0; from <= Records; from++)
        {
            var found = await VerifyAsync(new AuditMark(from));
            Assert.Null(found.Break);
            Assert.Equal((Records - from, Records, true), (found.Records, found.End.Sequence, found.IsEnd));
        }
        Assert.Equal(AuditFault.Gap, (await VerifyAsync(new AuditMark(Records + 1))).Break!.Fault);
    }

    [Fact]
    public async Task Verify_CutOffAtItsEnd_IsFoundOutByACheckpointAlone()
    {
        await StartAsync(isSealed: true);
        await WriteAsync();
        var kept = Ok(await Node.AuditTrail.CheckpointAsync(Tenant));
        await Node.StopAsync();
        Execute($"DELETE FROM audit WHERE tenant = '{Tenant}' AND sequence = {Records}");
        await StartAsync(isSealed: true);

        Assert.Null((await VerifyAsync(AuditMark.Beginning)).Break);
        var opened = Ok(await Node.AuditTrail.OpenCheckpointAsync(Tenant, kept.Signed));
        Assert.Equal(kept, opened);
        Assert.Equal((AuditFault.Missing, (long)Records), (await VerifyAsync(opened.ToMark())).Break is { } found ? (found.Fault, found.Sequence) : default);
    }

    [Fact]
    public async Task Verify_WrittenAnewFromSomewhere_IsFoundOutByACheckpointAlone()
    {
        await StartAsync(isSealed: false);
        await WriteAsync();
        var kept = Ok(await Node.AuditTrail.CheckpointAsync(Tenant));
        await Node.StopAsync();
        await ForgeAsync(from: 4);
        await StartAsync(isSealed: false);

        Assert.Null((await VerifyAsync(AuditMark.Beginning)).Break);
        Assert.Equal((AuditFault.Rewritten, (long)Records), (await VerifyAsync(kept.ToMark())).Break is { } found ? (found.Fault, found.Sequence) : default);
    }

    [Fact]
    public async Task Checkpoint_SignedByAKeyThatIsNotUsedAnyMore_IsStillGood()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
        await StartAsync(isSealed: true, time);
        await WriteAsync();
        var first = Ok(await Node.AuditTrail.CheckpointAsync(Tenant));
        Assert.Equal(first.Signed.Split('.')[0], Ok(await Node.AuditTrail.CheckpointAsync(Tenant)).Signed.Split('.')[0]);
        await Node.StopAsync();
        await StartAsync(isSealed: true, new ManualTimeProvider(time.GetUtcNow().AddYears(2)));

        var second = Ok(await Node.AuditTrail.CheckpointAsync(Tenant));
        Assert.NotEqual(first.Signed.Split('.')[0], second.Signed.Split('.')[0]);
        Assert.Equal(2, Ok(await Node.AuditTrail.ListSigningKeysAsync()).Count);
        Assert.Null((await VerifyAsync(Ok(await Node.AuditTrail.OpenCheckpointAsync(Tenant, first.Signed)).ToMark())).Break);
        await Node.StopAsync();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(_directory.FullName));
        Assert.True(SealedBytes.IsSealed((await store.ReadAsync(ActorKey.OfSigning))!.State));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.StopAsync();
        _directory.Delete(recursive: true);
    }

    private static T Ok<T>(Result<T> result)
    {
        Assert.True(result.IsOk, result.Error?.Detail);
        return result.Value!;
    }

    private async Task<AuditStretch> VerifyAsync(AuditMark from) => Ok(await Node.AuditTrail.VerifyAsync(Tenant, from));

    private async Task StartAsync(bool isSealed, TimeProvider? time = null)
    {
        _node = new EmbeddedNode(
            new EmbeddedOptions { DataDirectory = _directory.FullName, Vault = new VaultOptions { IsOn = isSealed } }, time ?? TimeProvider.System, new OrderedIds(TimeProvider.System));
        await Node.StartAsync();
    }

    // The first record is the tenant's own.
    private async Task WriteAsync()
    {
        for (var i = 1; i < Records; i++)
        {
            Ok(await Node.Roles.CreateAsync(Tenant, new RoleDraft { Name = $"role{i}" }, Actors.Ports.Caller.System("request")));
        }
    }

    // With every hash behind it made good: the log by itself shows nothing.
    private async Task ForgeAsync(long from)
    {
        IReadOnlyList<StoredLink> links;
        await using (var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(_directory.FullName)))
        {
            links = await store.ReadChainAsync(Tenant, from - 1, Records);
        }
        var hash = links[0].Hash;
        foreach (var link in links.Skip(1))
        {
            byte[] payload = [.. link.Payload, (byte)' '];
            hash = AuditCodec.HashOf(hash, payload);
            Execute($"UPDATE audit SET payload = x'{Convert.ToHexString(payload)}', hash = x'{Convert.ToHexString(hash)}' WHERE tenant = '{Tenant}' AND sequence = {link.Sequence}");
        }
    }

    private void Execute(string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Directory.GetFiles(_directory.FullName, "*.db").Single(), out var db));
        using (db)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(db, sql));
        }
    }
}
