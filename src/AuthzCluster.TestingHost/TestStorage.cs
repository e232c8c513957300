using AuthzCluster.TestingHost.Storage;

namespace AuthzCluster.TestingHost;

/// <summary>Where a test cluster keeps its data.</summary>
public sealed class TestStorage
{
    private readonly Func<Task<OpenStorage>> _open;

    private TestStorage(Func<Task<OpenStorage>> open) => _open = open;

    /// <summary>
    /// A database of the cluster's own that is gone with it: the embedded server's SQLite, in a temporary directory, which is in
    /// memory where the machine has <c>/dev/shm</c>.
    /// </summary>
    public static TestStorage Memory { get; } = new(OpenStorage.MemoryAsync);

    /// <summary>A PostgreSQL database that nobody else uses meanwhile; its tables are made where they are not there, and stay.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    public static TestStorage Postgres(string connectionString) => new(() => OpenStorage.PostgresAsync(connectionString));

    internal Task<OpenStorage> OpenAsync() => _open();
}
