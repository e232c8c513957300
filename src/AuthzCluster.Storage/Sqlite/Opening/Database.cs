using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Opening;

/// <summary>The database file of a data directory: makes it, checks it, and opens connections to it.</summary>
internal sealed class Database(SqliteStoreOptions options) : IDisposable
{
    private const long WholeCheckLimit = 64 << 20;

    // Open for as long as the store is, so that no other connection is ever the last one: closing the last one copies the log
    // and lets go of the lock, which is not wanted of a writer that failed on a full disk.
    private Db? _anchor;

    /// <summary>Marks a file as ours (<c>PRAGMA application_id</c>): "AZCL".</summary>
    public const int ApplicationId = 0x415A434C;

    public string Path { get; } = System.IO.Path.Combine(options.Directory, "authz.db");

    /// <summary>Makes the database where there is none, refuses one that is no good, and brings it up to date.</summary>
    public void Prepare()
    {
        try
        {
            if (!DatabaseFile.Exists(Path))
            {
                Create();
            }

            _anchor = OpenWriter();
            CheckOurs(_anchor);
            CheckWhole(_anchor);
            Migrator.Apply(_anchor, Path);
            _anchor.Execute("PRAGMA shrink_memory");
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            throw DatabaseFile.Damaged(Path, failure.Message, failure);
        }
        catch (SqliteFailure failure)
        {
            throw new StoreRefusedException($"The database '{Path}' cannot be opened for writing: {failure.Message}", failure);
        }
    }

    public Db OpenWriter() => Configure(Db.OpenToWrite(Path), $"""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = {64 << 20};
        PRAGMA cache_size = {-options.WriterCacheKiB};
        """);

    public Db OpenReader() => Configure(Db.OpenToRead(Path), "PRAGMA cache_size = -2048;");

    public void Dispose() => _anchor?.Dispose();

    // Beside its place and then renamed, so that a file in that place is a whole database or a damaged one, never a new one.
    private void Create()
    {
        var fresh = Path + ".new";
        File.Delete(fresh);
        File.Delete(fresh + "-wal");
        File.Delete(fresh + "-journal");
        using (var db = Db.Create(fresh))
        {
            db.Execute($"PRAGMA page_size = 4096; PRAGMA synchronous = FULL; PRAGMA application_id = {ApplicationId};");
            Migrator.Apply(db, fresh);
        }

        File.Move(fresh, Path);
    }

    private void CheckOurs(Db db)
    {
        if (db.ReadNumber("PRAGMA application_id") != ApplicationId)
        {
            throw new StoreRefusedException($"The database '{Path}' belongs to another program; choose another data directory.");
        }
    }

    // A whole check reads the whole file, which is too slow to wait for once it is big: then only that its end is there,
    // and damage inside is told when it is read.
    private void CheckWhole(Db db)
    {
        try
        {
            db.Checkpoint(truncate: true);
        }
        catch (SqliteFailure failure) when (!failure.IsDamage)
        {
            return; // No room for it, perhaps: decisions can still be made.
        }

        var (pages, pageSize) = (db.ReadNumber("PRAGMA page_count"), db.ReadNumber("PRAGMA page_size"));
        DatabaseFile.CheckLength(Path, pages, pageSize);
        if (pages * pageSize <= WholeCheckLimit)
        {
            using var check = db.Use("PRAGMA quick_check(1)");
            if (check.Step() && check.TextAt(0) is var answer and not "ok")
            {
                throw DatabaseFile.Damaged(Path, answer.ReplaceLineEndings(" "));
            }
        }
    }

    private Db Configure(Db db, string pragmas)
    {
        try
        {
            db.Execute($"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}; PRAGMA temp_store = MEMORY; {pragmas}");
            return db;
        }
        catch (SqliteFailure)
        {
            db.Dispose();
            throw;
        }
    }
}
