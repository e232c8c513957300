using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Reads requests from storage.</summary>
internal static class StoredRequests
{
    /// <summary>Those that some rows of the index lead to, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<RoleRequest>> ReadRequestsAsync(this ActorPorts ports, TenantId tenant, IReadOnlyList<IndexRow> rows)
    {
        var stored = await ports.Store.ReadManyAsync([.. rows.Select(row => ActorKey.OfRequest(tenant, row.Member))]);
        return [.. stored.Select(state => ports.Decode(state.Key, () => RoleRequestCodec.Decode(state.State)).Request).OrderBy(request => request.Id, StringComparer.Ordinal)];
    }
}
