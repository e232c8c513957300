using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Removes what is left of a tenant that is marked as removed. May be repeated.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="eviction">Forgets the tenant's actors.</param>
/// <param name="ports">The host's, for the index.</param>
internal sealed class TenantRemoval(IActorDirectory directory, ITenantEviction eviction, ActorPorts ports)
{
    private const int BatchSize = 256;

    /// <summary>Ends its keys and webhooks, forgets its actors, removes its data. False: it is not so marked.</summary>
    public Task<Result<bool>> RunAsync(TenantId tenant) => Reading.GuardAsync<bool>(async () =>
    {
        foreach (var kind in new[] { IndexNames.OwnedKeys, IndexNames.ValidKeys })
        {
            if (await LeaveAsync(tenant, kind) is { } error)
            {
                return error;
            }
        }
        if (await EndWebhooksAsync(tenant) is { } failed)
        {
            return failed;
        }
        await eviction.EvictAsync(tenant);
        return await directory.Tenant(tenant).PurgeAsync();
    });

    private async Task<AuthzError?> EndWebhooksAsync(TenantId tenant)
    {
        IReadOnlyList<IndexRow> rows;
        // Each takes its row along.
        while ((rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.Webhooks, "", null, BatchSize)).Count > 0)
        {
            foreach (var row in rows)
            {
                if ((await directory.Webhook(tenant, row.Member).EndAsync()).Error is { } error)
                {
                    return error;
                }
            }
        }
        return null;
    }

    private async Task<AuthzError?> LeaveAsync(TenantId tenant, string kind)
    {
        string? last = null;
        IReadOnlyList<IndexRow> rows;
        do
        {
            rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.ApiKeys, kind, last, BatchSize);
            foreach (var row in rows)
            {
                if ((await directory.ApiKey(new ApiKeyId(row.Member)).LeaveAsync(tenant)).Error is { } error)
                {
                    return error;
                }
                last = row.Member;
            }
        }
        while (rows.Count == BatchSize);
        return null;
    }
}
