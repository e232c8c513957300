using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Tests.Sqlite;

public sealed class OpeningTests : IDisposable
{
    private static readonly ActorKey Key = ActorKey.Of(new TenantId("acme"));

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_Again_HasWhatWasCommitted()
    {
        await FillAsync();

        await using var store = await OpenAsync();

        Assert.Equal(100, (await store.ReadAsync(Key))!.Version);
    }

    [Fact]
    public async Task Open_WhileOpen_IsRefused()
    {
        await using var store = await OpenAsync();

        await Assert.ThrowsAsync<DataDirectoryInUseException>(OpenAsync);
    }

    [Fact]
    public async Task Open_AfterARefusal_DoesNotHoldTheLock()
    {
        await File.WriteAllTextAsync(_directory.Database, "");
        await RefusedAsync("no SQLite database");
        File.Delete(_directory.Database);

        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Open_LeftoverOfAnInterruptedCreation_StartsAnew()
    {
        await File.WriteAllTextAsync(_directory.Database + ".new", "half");

        await (await OpenAsync()).DisposeAsync();

        Assert.False(File.Exists(_directory.Database + ".new"));
    }

    [Fact]
    public async Task Open_GarbageHeader_IsRefused()
    {
        await FillAsync();
        Overwrite(0, "This is not a database at all."u8);

        await RefusedAsync("no SQLite database");
    }

    [Theory]
    [InlineData(0, "no SQLite database")]
    [InlineData(50, "no SQLite database")]
    [InlineData(5000, "its end is missing")]
    [InlineData(40_000, "its end is missing")]
    public async Task Open_TruncatedFile_IsRefused(long length, string reason)
    {
        await FillAsync();
        using (var file = File.OpenWrite(_directory.Database))
        {
            file.SetLength(length);
        }

        await RefusedAsync(reason);
    }

    [Fact]
    public async Task Open_TruncatedFileBesideALog_IsRefused()
    {
        await FillAsync();
        using (var db = Db.OpenToWrite(_directory.Database))
        {
            db.Execute("DELETE FROM tally; UPDATE actor SET version = version + 1");
            File.Copy(_directory.Database + "-wal", _directory.Database + "-copy");
        }

        File.Move(_directory.Database + "-copy", _directory.Database + "-wal");
        using (var file = File.OpenWrite(_directory.Database))
        {
            file.SetLength(30_000);
        }

        await RefusedAsync("damaged");
    }

    [Fact]
    public async Task Open_DamageInside_IsRefused()
    {
        await FillAsync();
        for (var page = 1; page < 12; page++)
        {
            Overwrite((page * 4096) + 8, new byte[64]);
        }

        await RefusedAsync("damaged");
    }

    [Fact]
    public async Task Open_LogWithoutDatabase_IsRefused()
    {
        await File.WriteAllTextAsync(_directory.Database + "-wal", "frames");

        await RefusedAsync("it is missing");
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndUntouched()
    {
        await FillAsync();
        using (var db = Db.OpenToWrite(_directory.Database))
        {
            db.Execute("INSERT INTO migration VALUES (99, '0099_future.sql', 0)");
        }

        await RefusedAsync("has schema 99");

        using var after = Db.OpenToRead(_directory.Database);
        Assert.Equal(99, after.ReadNumber("SELECT max(number) FROM migration"));
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_IsRefusedAndUntouched()
    {
        using (var db = Db.Create(_directory.Database))
        {
            db.Execute("CREATE TABLE theirs (x)");
        }

        await RefusedAsync("another program");

        using var after = Db.OpenToRead(_directory.Database);
        Assert.Equal(1, after.ReadNumber("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Open_DirectoryThatCannotBe_IsRefused()
    {
        var file = Path.Combine(_directory.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => SqliteStore.OpenAsync(new(Path.Combine(file, "data"))));
        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_AfterDispose_IsUnavailableWithKnownOutcome()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        var write = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(new(Key, 0, [1])));
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadAsync(Key));
        Assert.True(write.IsOutcomeKnown && read.IsOutcomeKnown);
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(new(_directory.Path));

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            var commit = new Commit(Key, i, new byte[20_000])
            {
                Adds = [.. Enumerable.Range(0, 20).Select(j => new IndexRow(new("acme"), IndexNames.RoleHolders, $"r{j}", $"{i}"))],
            };
            Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(commit));
        }
    }

    private void Overwrite(long position, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenWrite(_directory.Database);
        file.Position = position;
        file.Write(bytes);
    }

    private async Task RefusedAsync(string reason)
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(OpenAsync);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_directory.Database, refusal.Message, StringComparison.Ordinal);
        Assert.Single(refusal.Message.Split('\n'));
    }
}
