using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Verifies a stretch of a tenant's audit log over the stored bytes: nothing is opened, and nothing is read twice.</summary>
internal sealed class AuditVerification(TenantId tenant, ActorPorts ports)
{
    // A stretch is what one call does: some tenths of a second.
    private const int PageRecords = 2_000, StretchPages = 25, Looked = 200;

    /// <exception cref="StoreUnavailableException">The log could not be read.</exception>
    public async Task<AuditStretch> RunAsync(AuditMark from)
    {
        if (await BeginAsync(from) is not { } hash)
        {
            return Broken(from, 0, from.Hash is null
                ? new AuditBreak(from.Sequence, AuditFault.Gap, $"the record {from.Sequence} is missing")
                : new AuditBreak(from.Sequence, AuditFault.Missing, $"the record {from.Sequence}, of which the checkpoint was made, is not there any more"));
        }
        if (from.Hash is { } expected && Convert.ToHexStringLower(hash) != expected)
        {
            return Broken(from, 0, new AuditBreak(from.Sequence, AuditFault.Rewritten, $"the record {from.Sequence} is not the one of which the checkpoint was made"));
        }
        using var walk = new ChainWalk(from.Sequence, hash);
        var next = ReadAsync(from.Sequence + 1);
        for (var pages = 0; pages < StretchPages; pages++)
        {
            var links = await next;
            if (links.Count == 0)
            {
                return new AuditStretch(walk.Sequence - from.Sequence, walk.Mark, IsEnd: true);
            }
            // Read while these are hashed.
            next = pages + 1 < StretchPages ? ReadAsync(links[^1].Sequence + 1) : next;
            if (!walk.Take(links))
            {
                await next;
                return Broken(walk.Mark, walk.Sequence - from.Sequence, walk.Explain(await ports.Audit.ReadChainAsync(tenant, walk.Sequence + 1, Looked)));
            }
        }
        return new AuditStretch(walk.Sequence - from.Sequence, walk.Mark, IsEnd: false);
    }

    private static AuditStretch Broken(AuditMark end, long records, AuditBreak first) => new(records, end, IsEnd: true) { Break = first };

    // The hash that the first record of the stretch was chained to; null: there is no such record.
    private async Task<byte[]?> BeginAsync(AuditMark from) => from.Sequence == 0 ? AuditCodec.HashBeforeTheFirst
        : await ports.Audit.ReadChainAsync(tenant, from.Sequence, 1) is [{ Sequence: var sequence } link] && sequence == from.Sequence ? link.Hash
        : null;

    private Task<IReadOnlyList<StoredLink>> ReadAsync(long sequence) => ports.Audit.ReadChainAsync(tenant, sequence, PageRecords).AsTask();
}
