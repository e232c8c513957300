using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Lists the audit log, after what waits to be written to it was.</summary>
/// <param name="directory">Where the logs' writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class AuditTrailService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IAuditTrail
{
    private static readonly byte[] HashBeforeTheFirst = new byte[32];

    /// <inheritdoc/>
    public Task<Result<Page<AuditRecord>>> ListAsync(TenantId tenant, AuditQuery query) =>
        replicas.WithTenantAsync<Page<AuditRecord>>(tenant, async _ =>
        {
            if ((await directory.Audit(tenant).DrainAsync()).Error is { } error)
            {
                return error;
            }
            var stored = await ports.Audit.ListAsync(tenant, query with { Limit = query.Limit + 1 });
            var records = new List<AuditRecord>(query.Limit);
            for (var i = 0; i < Math.Min(stored.Count, query.Limit); i++)
            {
                var next = i + 1 < stored.Count ? stored[i + 1] : null;
                var (record, before) = (stored[i], await HashBeforeAsync(tenant, stored[i].Sequence, next));
                records.Add(ports.Decode(ActorKey.OfAudit(tenant), () => AuditCodec.Decode(tenant, ports.Opened(tenant, record), before)));
            }
            return new Page<AuditRecord>(records, stored.Count > query.Limit ? AuditText(records[^1].Sequence) : null);
        });

    /// <inheritdoc/>
    public Task<Result<bool>> RecordAsync(TenantId tenant, AuditEntry entry, Caller caller) =>
        replicas.WithTenantAsync<bool>(tenant, _ => directory.Audit(tenant).RecordAsync(entry, caller));

    private async ValueTask<byte[]> HashBeforeAsync(TenantId tenant, long sequence, StoredAudit? next)
    {
        if (sequence == 1)
        {
            return HashBeforeTheFirst;
        }
        // The list is newest first: where nothing was filtered out the next one is the one before.
        if (next?.Sequence == sequence - 1)
        {
            return next.Hash;
        }
        return (await ports.Audit.ReadFromAsync(tenant, sequence - 1, 1))[0].Hash;
    }

    private static string AuditText(long sequence) => sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
