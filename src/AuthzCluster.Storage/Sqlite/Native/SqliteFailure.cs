using SQLitePCL;

namespace AuthzCluster.Storage.Sqlite.Native;

/// <summary>What SQLite answered instead of doing its work.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"{message} (SQLite {code})")
{
    /// <summary>The primary result code.</summary>
    public int Code { get; } = code & 0xff;

    /// <summary>Whether the file itself is no good.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// Whether a COMMIT that answered this has certainly written no commit record: it never got the lock, or there was
    /// no room for the log's last frame. After any other failure (a failed fsync above all) the record may be on disk.
    /// </summary>
    public bool CommitIsCertainlyUndone => Code is raw.SQLITE_BUSY or raw.SQLITE_FULL;
}
