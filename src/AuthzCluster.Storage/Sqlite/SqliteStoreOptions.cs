namespace AuthzCluster.Storage.Sqlite;

/// <summary>How a <see cref="SqliteStore"/> is opened.</summary>
/// <param name="Directory">The data directory; made if it is not there. The database is <c>authz.db</c> in it.</param>
public sealed record SqliteStoreOptions(string Directory)
{
    /// <summary>How many reads run at once; each has a connection with a page cache of 2 MiB.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Page cache of the writer, in KiB.</summary>
    public int WriterCacheKiB { get; init; } = 16 * 1024;

    /// <summary>How long a write waits while another program (a backup, a shell) has the database locked.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a writer that failed tries whether the disk takes writes again.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest state that a commit takes, in bytes.</summary>
    public int MaxStateBytes { get; init; } = 256 * 1024 * 1024;
}
