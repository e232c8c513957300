using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Opening;
using AuthzCluster.Storage.Sqlite.Reading;
using AuthzCluster.Storage.Sqlite.Writing;

namespace AuthzCluster.Storage.Sqlite;

/// <summary>
/// Actors' states, their indexes, the outbox and the audit log in one SQLite file, opened by one process at a time.
/// Reads run on the caller's thread, writes on one of the store's own that shares each fsync among all that wait.
/// </summary>
public sealed class SqliteStore : IActorStore, IAuditStore, IAsyncDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly DirectoryLock _lock;
    private readonly Database _database;
    private readonly Writer _writer;
    private readonly ReadPool _reads;
    private int _isClosed;

    private SqliteStore(SqliteStoreOptions options)
    {
        _options = options;
        _lock = DirectoryLock.Acquire(options.Directory);
        _database = new Database(options);
        try
        {
            _database.Prepare();
            _writer = new Writer(_database, options.ProbeInterval);
            _reads = new ReadPool(_database, options.Readers);
        }
        catch
        {
            _database.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>What keeps it from taking writes, in one line; null: nothing that it knows of.</summary>
    public string? WriteProblem => _writer.Problem;

    /// <summary>How many transactions were committed since it was opened; each is one fsync.</summary>
    public long TransactionCount => _writer.Transactions;

    /// <summary>Opens the store of a data directory, or makes it.</summary>
    /// <exception cref="DataDirectoryInUseException">Somebody has it open.</exception>
    /// <exception cref="StoreRefusedException">It is damaged, of a newer version, or cannot be written.</exception>
    public static Task<SqliteStore> OpenAsync(SqliteStoreOptions options) => Task.Run(() => new SqliteStore(options));

    /// <inheritdoc/>
    public ValueTask<StoredState?> ReadAsync(ActorKey key) => _reads.RunAsync(db => ActorReads.Read(db, key));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) =>
        _reads.RunAsync(db => ActorReads.ReadMany(db, keys));

    /// <inheritdoc/>
    /// <remarks>Rows are removed before others are added. Of a stale version and a missing requirement the version is told.</remarks>
    /// <exception cref="ArgumentException">An index is unknown, or a text no valid UTF-16.</exception>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        CommitArguments.Check(commit);
        if (commit.State?.Length > _options.MaxStateBytes && commit.Request is null)
        {
            return new(CommitOutcome.TooLarge);
        }

        var bytes = (commit.State?.Length ?? 0) + commit.Outbox.Sum(row => row.Payload.Length) + (commit.Request?.Answer.Length ?? 0);
        return new(_writer.RunAsync(session => CommitWrites.Apply(session, commit, _options.MaxStateBytes), bytes));
    }

    /// <inheritdoc/>
    /// <remarks>Ordinal is by code point, as databases have it.</remarks>
    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) =>
        _reads.RunAsync(db => ActorReads.ReadIndex(db, tenant, index, key, after, AtLeastOne(limit)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now) =>
        _reads.RunAsync(db => ActorReads.Count(db, tenant, index, keys, now));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) =>
        _reads.RunAsync(db => ActorReads.ReadDue(db, now, AtLeastOne(limit)));

    /// <inheritdoc/>
    public ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) => _reads.RunAsync(db => RequestReads.Find(db, tenant, id));

    /// <inheritdoc/>
    public ValueTask<RequestMark> KeepRequestAsync(RequestMark mark)
    {
        CommitArguments.CheckRequest(mark.Tenant, mark.Id);
        return new(_writer.RunAsync(session => RequestWrites.Keep(session, mark), mark.Answer.Length));
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset before, int limit)
    {
        AtLeastOne(limit);
        return new(_writer.RunAsync(session => RequestWrites.Purge(session, before, limit)));
    }

    /// <inheritdoc/>
    /// <remarks>The state of the audit log's actor stays too; the row of <see cref="IndexNames.Tenants"/> goes with the tenant's own key.</remarks>
    public async ValueTask PurgeAsync(TenantId tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        StoredText.Check(tenant.Value);
        foreach (var step in new PurgeWrites(tenant).Steps)
        {
            while (await _writer.RunAsync(step).ConfigureAwait(false))
            {
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => _reads.RunAsync(AuditReads.PendingTenants);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit) =>
        _reads.RunAsync(db => AuditReads.Outbox(db, tenant, AtLeastOne(limit)));

    /// <inheritdoc/>
    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => _reads.RunAsync(db => AuditReads.Last(db, tenant));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sequences of <paramref name="records"/> are not one after the other, or a text is no valid UTF-16.</exception>
    public ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions)
    {
        AppendArguments.Check(tenant, records);
        return new(_writer.RunAsync(session => AuditWrites.Append(session, tenant, records, positions), records.Sum(record => record.Payload.Length)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query)
    {
        AtLeastOne(query.Limit);
        return _reads.RunAsync(db => AuditReads.List(db, tenant, query));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit) =>
        _reads.RunAsync(db => AuditReads.From(db, tenant, sequence, AtLeastOne(limit)));

    /// <summary>Finishes the writes that wait and the reads that run, then closes; whatever is asked later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await Task.Run(() =>
            {
                _writer.Dispose();
                _reads.Dispose();
                _database.Dispose();
                _lock.Dispose();
            }).ConfigureAwait(false);
        }
    }

    // SQLite takes a negative limit for none.
    private static int AtLeastOne(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return limit;
    }
}
