using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Lists the audit log and verifies it, after what waits to be written to it was.</summary>
/// <param name="directory">Where the logs' writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class AuditTrailService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IAuditTrail
{
    /// <inheritdoc/>
    public Task<Result<Page<AuditRecord>>> ListAsync(TenantId tenant, AuditQuery query) => WithWholeLogAsync<Page<AuditRecord>>(tenant, async () =>
    {
        var stored = await ports.Audit.ListAsync(tenant, query with { Limit = query.Limit + 1 });
        var records = new List<AuditRecord>(query.Limit);
        for (var i = 0; i < Math.Min(stored.Count, query.Limit); i++)
        {
            var record = stored[i];
            records.Add(ports.Decode(ActorKey.OfAudit(tenant), () => AuditCodec.Decode(tenant, ports.Opened(tenant, record), record.Previous ?? AuditCodec.HashBeforeTheFirst)));
        }
        var isMore = stored.Count > query.Limit || stored.Sum(record => (long)record.Payload.Length) >= IAuditStore.PageBytes;
        return new Page<AuditRecord>(records, isMore ? AuditText(records[^1].Sequence) : null);
    });

    /// <inheritdoc/>
    public Task<Result<bool>> RecordAsync(TenantId tenant, AuditEntry entry, Caller caller) =>
        replicas.WithTenantAsync<bool>(tenant, _ => directory.Audit(tenant).RecordAsync(entry, caller));

    /// <inheritdoc/>
    public Task<Result<AuditStretch>> VerifyAsync(TenantId tenant, AuditMark from) =>
        WithWholeLogAsync<AuditStretch>(tenant, async () => await new AuditVerification(tenant, ports).RunAsync(from));

    /// <inheritdoc/>
    public Task<Result<AuditCheckpoint>> CheckpointAsync(TenantId tenant) => WithWholeLogAsync<AuditCheckpoint>(tenant, async () =>
    {
        var last = await ports.Audit.ReadLastAsync(tenant);
        var checkpoint = new AuditCheckpoint(tenant, last?.Sequence ?? 0, Convert.ToHexStringLower(last?.Hash ?? AuditCodec.HashBeforeTheFirst), ports.Now());
        return checkpoint with { Signed = await ports.Signer.SignAsync(CheckpointCodec.Type, CheckpointCodec.Encode(checkpoint)) };
    });

    /// <inheritdoc/>
    public Task<Result<AuditCheckpoint>> OpenCheckpointAsync(TenantId tenant, string signed) => Reading.GuardAsync<AuditCheckpoint>(async () =>
        await ports.Signer.OpenAsync(CheckpointCodec.Type, signed) is { } payload && CheckpointCodec.Decode(payload) is var checkpoint && checkpoint.Tenant == tenant
            ? checkpoint with { Signed = signed }
            : AuthzError.Invalid("checkpoint", "is no checkpoint of this tenant that was signed here"));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<SigningKey>>> ListSigningKeysAsync() =>
        Reading.GuardAsync<IReadOnlyList<SigningKey>>(async () => (await ports.Signer.ListKeysAsync()).ToArray());

    private Task<Result<T>> WithWholeLogAsync<T>(TenantId tenant, Func<Task<Result<T>>> read) => replicas.WithTenantAsync<T>(tenant, async _ =>
        (await directory.Audit(tenant).DrainAsync()).Error is { } error ? error : await read());

    private static string AuditText(long sequence) => sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
