using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres.Opening;
using AuthzCluster.Storage.Postgres.Reading;
using AuthzCluster.Storage.Postgres.Writing;

namespace AuthzCluster.Storage.Postgres;

/// <summary>
/// Actors' states, their indexes, the outbox and the audit log in a PostgreSQL database that many nodes share. Commits
/// that wait together are one transaction and one trip; reads of states that wait together are one trip, and others one each. Its schema is made by
/// <see cref="PostgresMigrator"/> and checked by <see cref="PostgresSchema"/>, not here.
/// </summary>
public sealed class PostgresStore : IActorStore, IAuditStore, IAsyncDisposable
{
    private readonly PostgresStoreOptions _options;
    private readonly Connections _connections;
    private readonly DatabaseHealth _health;
    private readonly Writers _writers;
    private readonly Sessions _sessions;
    private readonly StateReads _states;
    private int _isClosed;

    /// <summary>A store that connects when it is first asked: the database need not be there yet.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public PostgresStore(PostgresStoreOptions options)
    {
        _options = options;
        _connections = new Connections(options);
        _health = new DatabaseHealth(_connections, options.ProbeInterval);
        _writers = new Writers(options, _connections, _health);
        _sessions = new Sessions(_connections, _health);
        _states = new StateReads(keys => _sessions.ReadAsync(connection => ActorReads.ReadManyAsync(connection, keys)));
    }

    /// <summary>What keeps it from taking writes, in one line; null: nothing that it knows of.</summary>
    public string? WriteProblem => _health.WriteProblem;

    /// <summary>How many groups of commits were committed since it was opened; each is one transaction.</summary>
    public long TransactionCount => _writers.Transactions;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is no valid UTF-16, or has a NUL.</exception>
    public ValueTask<StoredState?> ReadAsync(ActorKey key)
    {
        Check(key.Value);
        return _states.ReadAsync(key);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A key is no valid UTF-16, or has a NUL.</exception>
    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys)
    {
        Check([.. keys.Select(key => key.Value)]);
        return _states.ReadManyAsync(keys);
    }

    /// <inheritdoc/>
    /// <remarks>Rows are removed before others are added. Of a stale version and a missing requirement the version is told.</remarks>
    /// <exception cref="ArgumentException">An index is unknown, or a text no valid UTF-16, or has a NUL.</exception>
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        CommitArguments.Check(commit);
        if (commit.State?.Length > _options.MaxStateBytes)
        {
            return commit.Request is { } request && await ReadRequestAsync(request.Tenant, request.Id).ConfigureAwait(false) is not null
                ? CommitOutcome.Repeated
                : CommitOutcome.TooLarge;
        }

        return await _writers.CommitAsync(commit).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Ordinal is by code point, as databases have it.</remarks>
    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit)
    {
        AtLeastOne(limit);
        Check(tenant.Value, key, after ?? "");
        IndexCodes.Of(index);
        return _sessions.ReadAsync(connection => ActorReads.ReadIndexAsync(connection, tenant, index, key, after, limit));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now)
    {
        Check([tenant.Value, .. keys]);
        IndexCodes.Of(index);
        return _sessions.ReadAsync(connection => ActorReads.CountAsync(connection, tenant, index, keys, now));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit)
    {
        AtLeastOne(limit);
        return _sessions.ReadAsync(connection => ActorReads.ReadDueAsync(connection, now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id)
    {
        CommitArguments.CheckRequest(tenant, id);
        return _sessions.ReadAsync(connection => RequestReads.FindAsync(connection, tenant, id));
    }

    /// <inheritdoc/>
    public ValueTask<RequestMark> KeepRequestAsync(RequestMark mark)
    {
        CommitArguments.CheckRequest(mark.Tenant, mark.Id);
        return _sessions.WriteAsync(connection => RequestWrites.KeepAsync(connection, mark));
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeRequestsAsync(DateTimeOffset before, int limit)
    {
        AtLeastOne(limit);
        return _sessions.WriteAsync(connection => RequestWrites.PurgeAsync(connection, before, limit));
    }

    /// <inheritdoc/>
    /// <remarks>The state of the audit log's actor stays too; the row of <see cref="IndexNames.Tenants"/> goes with the tenant's own key.</remarks>
    public async ValueTask PurgeAsync(TenantId tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        Check(tenant.Value);
        foreach (var step in PurgeWrites.Steps(tenant))
        {
            while (await _sessions.WriteAsync(step).ConfigureAwait(false))
            {
            }
        }

        CommitOutcome outcome;
        do
        {
            var own = await ReadAsync(ActorKey.Of(tenant)).ConfigureAwait(false);
            outcome = await CommitAsync(PurgeWrites.Own(tenant, own?.Version ?? 0)).ConfigureAwait(false);
        }
        while (outcome != CommitOutcome.Committed);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TenantId>> ReadPendingTenantsAsync() => _sessions.ReadAsync(AuditReads.PendingTenantsAsync);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingRow>> ReadOutboxAsync(TenantId tenant, int limit)
    {
        AtLeastOne(limit);
        return _sessions.ReadAsync(connection => AuditReads.OutboxAsync(connection, tenant, limit));
    }

    /// <inheritdoc/>
    public ValueTask<StoredAudit?> ReadLastAsync(TenantId tenant) => _sessions.ReadAsync(connection => AuditReads.LastAsync(connection, tenant));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sequences of <paramref name="records"/> are not one after the other, or a text is no valid UTF-16, or has a NUL.</exception>
    public ValueTask<bool> AppendAsync(TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions)
    {
        AppendArguments.Check(tenant, records);
        return _sessions.WriteAsync(connection => AuditWrites.AppendAsync(connection, tenant, records, positions));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAudit>> ListAsync(TenantId tenant, AuditQuery query)
    {
        AtLeastOne(query.Limit);
        Check(query.Actor ?? "", query.Action ?? "", query.Target ?? "");
        return _sessions.ReadAsync(connection => AuditReads.ListAsync(connection, tenant, query));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAudit>> ReadFromAsync(TenantId tenant, long sequence, int limit)
    {
        AtLeastOne(limit);
        return _sessions.ReadAsync(connection => AuditReads.FromAsync(connection, tenant, sequence, limit));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredLink>> ReadChainAsync(TenantId tenant, long sequence, int limit)
    {
        AtLeastOne(limit);
        return _sessions.ReadAsync(connection => AuditReads.ChainAsync(connection, tenant, sequence, limit));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditBacklog>> ReadBacklogAsync() => _sessions.ReadAsync(AuditReads.BacklogAsync);

    /// <summary>Finishes the writes that wait, then closes; whatever is asked later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _writers.DisposeAsync().ConfigureAwait(false);
            await _health.DisposeAsync().ConfigureAwait(false);
            await _connections.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void AtLeastOne(int limit) => ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

    private static void Check(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            StoredText.Check(text);
        }
    }
}
