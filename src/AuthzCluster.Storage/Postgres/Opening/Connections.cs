using Npgsql;

namespace AuthzCluster.Storage.Postgres.Opening;

/// <summary>
/// Where connections come from: a pool for reads, and single ones for who writes, which are closed when they fail. Each
/// is of the primary, and is set up so that what is committed is on disk and what is read is looked up.
/// </summary>
internal sealed class Connections : IAsyncDisposable
{
    // Tables grow while plans are kept: a plan made for an empty table must be good for a full one. The same plan, then,
    // always; and no compiler for a query of a millisecond.
    private const string SetUp = """
        SELECT pg_is_in_recovery(),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),
            set_config('statement_timeout', $1, false), set_config('plan_cache_mode', 'force_generic_plan', false),
            set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false),
            set_config('default_transaction_isolation', 'read committed', false), set_config('idle_in_transaction_session_timeout', $1, false)
        """;

    private readonly NpgsqlDataSource _reads;
    private readonly NpgsqlDataSource _writes;
    private readonly string _timeout;

    public Connections(PostgresStoreOptions options)
    {
        _timeout = $"{(long)options.CommandTimeout.TotalMilliseconds}";
        _reads = Build(options, pooled: true);
        _writes = Build(options, pooled: false);
    }

    /// <summary>A connection to read with; closing it gives it back.</summary>
    public ValueTask<NpgsqlConnection> OpenReaderAsync() => _reads.OpenConnectionAsync();

    /// <summary>A connection of one's own.</summary>
    public ValueTask<NpgsqlConnection> OpenWriterAsync() => _writes.OpenConnectionAsync();

    /// <summary>Closes connections that nobody uses: after one was found broken, the others are as old.</summary>
    public void ForgetIdleReaders() => _reads.Clear();

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync().ConfigureAwait(false);
        await _writes.DisposeAsync().ConfigureAwait(false);
    }

    private NpgsqlDataSource Build(PostgresStoreOptions options, bool pooled)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var connection = builder.ConnectionStringBuilder;
        connection.ApplicationName ??= "authzcluster";
        connection.Pooling = pooled;
        connection.MinPoolSize = 0;
        connection.MaxPoolSize = options.MaxReaders;
        connection.NoResetOnClose = true;
        connection.MaxAutoPrepare = 64;
        connection.AutoPrepareMinUsages = 2;
        connection.Timeout = Math.Max(1, (int)options.ConnectTimeout.TotalSeconds);
        // The database gives up first, which tells for certain that nothing was done.
        connection.CommandTimeout = (int)options.CommandTimeout.TotalSeconds + 2;
        connection.CancellationTimeout = 1000;
        connection.TcpKeepAlive = true;
        builder.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("Connections are opened asynchronously."), PrepareAsync);
        return connection.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    private async Task PrepareAsync(NpgsqlConnection connection)
    {
        using var setUp = new NpgsqlCommand(SetUp, connection) { Parameters = { new() { Value = _timeout } } };
        if (await setUp.ExecuteScalarAsync().ConfigureAwait(false) is true)
        {
            throw new NpgsqlException("the server is a standby: it takes no writes, and what it tells may be old");
        }
    }
}
