namespace AuthzCluster.Storage.Postgres;

/// <summary>How a <see cref="PostgresStore"/> is opened.</summary>
/// <param name="ConnectionString">Npgsql's. What the store itself depends on (pool, time limits, preparing) is set by the options below.</param>
public sealed record PostgresStoreOptions(string ConnectionString)
{
    /// <summary>How many reads run at once, each on a connection.</summary>
    public int MaxReaders { get; init; } = 24;

    /// <summary>How many groups of commits are written at once, each on a connection.</summary>
    public int Writers { get; init; } = 3;

    /// <summary>How many commits share a transaction at most.</summary>
    public int GroupCommits { get; init; } = 256;

    /// <summary>How many bytes share a transaction at most; a larger commit goes alone.</summary>
    public int GroupBytes { get; init; } = 16 << 20;

    /// <summary>How long the database may work on a statement, waiting for locks included; then it is undone.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting may take; whole seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a store that failed tries whether the database takes writes again.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The largest state that a commit takes, in bytes.</summary>
    public int MaxStateBytes { get; init; } = 256 * 1024 * 1024;
}
