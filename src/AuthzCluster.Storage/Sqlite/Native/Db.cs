using SQLitePCL;

namespace AuthzCluster.Storage.Sqlite.Native;

/// <summary>
/// One connection, for one thread at a time. On SQLite's own functions and no ADO.NET provider: it has to see extended
/// result codes and whether a failed COMMIT left its transaction open, and must not wait behind our back.
/// </summary>
internal sealed class Db : IDisposable
{
    private const int PagesWrittenCounter = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    // The index of the log is then in memory that this process's connections share, and not in a mapped file: writing to
    // a mapped file on a disk that has turned read-only kills the process. Other processes find the database locked.
    private static readonly string? FileAccess = OperatingSystem.IsWindows() ? null : "unix-excl";

    private readonly Dictionary<string, Statement> _statements = [];
    private readonly sqlite3 _handle;

    static Db() => Batteries_V2.Init();

    private Db(sqlite3 handle) => _handle = handle;

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public static Db Create(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    public static Db OpenToWrite(string path)
    {
        // SQLite takes what it may only read, and says so at the first write.
        var db = Open(path, raw.SQLITE_OPEN_READWRITE);
        if (raw.sqlite3_db_readonly(db._handle, "main") == 0)
        {
            return db;
        }

        db.Dispose();
        throw new SqliteFailure(raw.SQLITE_READONLY, "the file cannot be written");
    }

    public static Db OpenToRead(string path) => Open(path, raw.SQLITE_OPEN_READONLY);

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The statement of this text; prepared once. To be disposed after each use.</summary>
    public Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            _statements.Add(sql, statement = new Statement(this, handle));
        }

        return statement.Begin();
    }

    /// <summary>The one number that a query gives.</summary>
    public long ReadNumber(string sql)
    {
        using var statement = Use(sql);
        return statement.Step() ? statement.NumberAt(0) : 0;
    }

    /// <summary>Pages written since the last call.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_handle, PagesWrittenCounter, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Copies the log into the database file; a truncating one waits for readers and empties the log.</summary>
    public void Checkpoint(bool truncate) => Check(raw.sqlite3_wal_checkpoint_v2(
        _handle, "main", truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _));

    public SqliteFailure Failure() => new(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        raw.sqlite3_close_v2(_handle);
    }

    private static Db Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, FileAccess);
        var db = new Db(handle);
        if (code == raw.SQLITE_OK)
        {
            return db;
        }

        var failure = db.Failure();
        db.Dispose();
        throw failure;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }
}
