using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// Looks at everybody who has or had an assignment, since a tenant's settings have changed what time does to those. May be repeated, and begins anew where it was cut off.
/// </summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's, for the index.</param>
internal sealed class UpkeepSweep(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports)
{
    private const int BatchSize = 256;

    /// <summary>Does it, if it is to be done.</summary>
    public async Task<AuthzError?> RunAsync(TenantId tenant, CancellationToken stop)
    {
        if (await replicas.Of(tenant).LoadAsync() is not { Model: { Sweeping: > 0 and var revision } model })
        {
            return null;
        }
        foreach (var role in model.Catalog.All)
        {
            foreach (var index in new[] { IndexNames.RoleHolders, IndexNames.PastRoleHolders })
            {
                if (await LookAsync(tenant, index, role.Id.Value, stop) is { } error)
                {
                    return error;
                }
            }
        }
        return stop.IsCancellationRequested ? null : (await directory.Tenant(tenant).SweptAsync(revision)).Error;
    }

    private async Task<AuthzError?> LookAsync(TenantId tenant, string index, string role, CancellationToken stop)
    {
        string? last = null;
        IReadOnlyList<IndexRow> rows;
        do
        {
            rows = await ports.Store.ReadIndexAsync(tenant, index, role, last, BatchSize);
            foreach (var row in rows)
            {
                if (stop.IsCancellationRequested)
                {
                    return null;
                }
                if ((await directory.Subject(tenant, new ActorKey(row.Member).Subject).ExpireAsync()).Error is { } error)
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
