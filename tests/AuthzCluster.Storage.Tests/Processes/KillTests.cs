using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Tests.Postgres;
using Npgsql;

namespace AuthzCluster.Storage.Tests.Processes;

public sealed class KillTests : IDisposable
{
    private const string UntilNobodyIsConnected = """
        DO $$ BEGIN
            WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend') LOOP
                PERFORM pg_sleep(0.01);
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
        END $$
        """;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kill_WhileWriting_LosesNothingAcknowledgedAndLeavesNothingHalf()
    {
        var acknowledged = new List<string>();
        foreach (var (round, moment) in new[] { 1, 40, 300, 1500, 4000 }.Index())
        {
            acknowledged.AddRange(await WriteAndKillAsync(moment, "write", _directory.Path, $"{round}"));
            await using var store = await SqliteStore.OpenAsync(new(_directory.Path));
            await NothingIsLostOrHalfAsync(store, store, acknowledged);
        }

        Assert.True(acknowledged.Count > 5000);
    }

    [Fact]
    public async Task Kill_WhileWritingToAServer_LosesNothingAcknowledgedAndLeavesNothingHalf()
    {
        var database = await PostgresDatabases.CreateAsync();
        var acknowledged = new List<string>();
        foreach (var (round, moment) in new[] { 1, 300, 2000 }.Index())
        {
            acknowledged.AddRange(await WriteAndKillAsync(moment, "postgres", database, $"{round}"));
            // What it had sent is still done, or not: the server is done with it when its connections are gone.
            PostgresServer.Shared.Execute(UntilNobodyIsConnected, new NpgsqlConnectionStringBuilder(database).Database!);
            await using var store = new PostgresStore(new(database));
            await NothingIsLostOrHalfAsync(store, store, acknowledged);
        }
    }

    [Fact]
    public async Task Open_DirectoryOfALivingProcess_IsRefusedUntilItIsKilled()
    {
        using var holder = ChildProcess.Start("write", _directory.Path, "0");
        Assert.NotNull(await holder.StandardOutput.ReadLineAsync());

        var here = await Assert.ThrowsAsync<DataDirectoryInUseException>(() => SqliteStore.OpenAsync(new(_directory.Path)));
        using var other = ChildProcess.Start("open", _directory.Path);
        var there = await other.StandardOutput.ReadToEndAsync();
        await other.WaitForExitAsync();

        Assert.Equal(Child.Refused, other.ExitCode);
        Assert.Equal($"{nameof(DataDirectoryInUseException)}: {here.Message}{Environment.NewLine}", there);
        Assert.Contains(_directory.Path, here.Message, StringComparison.Ordinal);

        holder.Kill();
        await holder.WaitForExitAsync();
        await (await SqliteStore.OpenAsync(new(_directory.Path))).DisposeAsync();
    }

    private static async Task NothingIsLostOrHalfAsync(IActorStore store, IAuditStore audit, List<string> acknowledged)
    {
        var members = await AllMembersAsync(store);

        Assert.Empty(acknowledged.Except(members));
        Assert.Equal(members.Count, (await store.ReadManyAsync([.. members.Select(Child.Key)])).Count);
        Assert.Equal(members.Count, await store.CountIndexAsync(Child.Tenant, IndexNames.RoleHolders, "viewer", DateTimeOffset.UnixEpoch));
        Assert.Equal(members.Count, (await audit.ReadOutboxAsync(Child.Tenant, int.MaxValue)).Count);
    }

    private static async Task<List<string>> WriteAndKillAsync(int moment, params string[] arguments)
    {
        using var child = ChildProcess.Start(arguments);
        var lines = new List<string>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (lines.Count == moment)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync();
        Assert.True(lines.Count >= moment);

        // The last line may have been cut.
        lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static async Task<HashSet<string>> AllMembersAsync(IActorStore store)
    {
        var rows = await store.ReadIndexAsync(Child.Tenant, IndexNames.RoleHolders, "viewer", null, int.MaxValue);
        return [.. rows.Select(row => row.Member)];
    }
}
