using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Node;

/// <summary>Announces and does not wait for it: only for what no decision hangs on. What it costs if it fails is a copy that is found old by whoever writes next.</summary>
internal sealed class LateAnnounce(IAnnounce announce) : IAnnounce
{
    public ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions)
    {
        _ = AnnounceAsync(revisions.ToArray());
        return default;
    }

    public ValueTask TenantGoneEverywhereAsync(TenantId tenant) => announce.TenantGoneEverywhereAsync(tenant);

    private async Task AnnounceAsync(StoredRevision[] revisions)
    {
        try
        {
            await announce.AcknowledgedEverywhereAsync(revisions).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The announcer has told why.
        }
    }
}
