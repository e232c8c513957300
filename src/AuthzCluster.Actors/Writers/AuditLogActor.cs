using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The single writer of a tenant's audit log: takes the outbox in order and chains it by hash.</summary>
public class AuditLogActor : IAuditLogActor
{
    private const int BatchSize = 256;

    private readonly TenantId _tenant;
    private readonly ActorPorts _ports;

    // What the last append led to; null: to be read.
    private (long Sequence, byte[] Hash)? _last;

    /// <summary>The writer of the log of <paramref name="tenant"/>.</summary>
    public AuditLogActor(TenantId tenant, ActorPorts ports) => (_tenant, _ports) = (tenant, ports);

    /// <inheritdoc/>
    public async Task<Result<int>> DrainAsync()
    {
        try
        {
            var appended = 0;
            while (true)
            {
                var pending = await _ports.Audit.ReadOutboxAsync(_tenant, BatchSize);
                if (pending.Count == 0)
                {
                    return appended;
                }
                appended += await AppendAsync([.. pending.Select(row => row.Payload)], [.. pending.Select(row => row.Position)]);
            }
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public async Task<Result<bool>> RecordAsync(AuditEntry entry, Caller caller)
    {
        var payload = AuditCodec.EncodePending(entry, _ports.Ids.Next(), _ports.Now(), caller);
        try
        {
            while (true)
            {
                if ((await DrainAsync()).Error is { } error)
                {
                    return error;
                }
                if (await AppendAsync([payload], []) > 0)
                {
                    return true;
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    private async Task<int> AppendAsync(IReadOnlyList<byte[]> payloads, IReadOnlyList<long> positions)
    {
        var last = _last ??= await _ports.Audit.ReadLastAsync(_tenant) is { } stored ? (stored.Sequence, stored.Hash) : (0, AuditCodec.HashBeforeTheFirst);
        var records = new List<StoredAudit>(payloads.Count);
        foreach (var payload in payloads)
        {
            var (sequence, hash) = last;
            var record = _ports.Decode(ActorKey.OfAudit(_tenant), () => _ports.Sealed(_tenant, AuditCodec.Seal(_tenant, payload, sequence + 1, hash), hash));
            records.Add(record);
            last = (record.Sequence, record.Hash);
        }
        // False: another appended; the outbox is then another too, and both are read again.
        // It may also be done and fail, in whatever way: until it has answered nothing is known to be last.
        _last = null;
        var isDone = await _ports.Audit.AppendAsync(_tenant, records, positions);
        _last = isDone ? last : null;
        return isDone ? records.Count : 0;
    }
}
