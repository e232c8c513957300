using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Requests for roles: writes go to the requests' writers, reads to storage.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class RoleRequestService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IRoleRequests
{
    /// <inheritdoc/>
    public Task<Result<RoleRequestView>> CreateAsync(TenantId tenant, RoleRequestDraft draft, Caller caller) =>
        ViewAsync(tenant, () => directory.RoleRequest(tenant, ports.Ids.Next()).CreateAsync(draft, caller));

    /// <inheritdoc/>
    public Task<Result<RoleRequestView>> GetAsync(TenantId tenant, string request) => replicas.WithTenantAsync<RoleRequestView>(tenant, async model =>
        await ports.Store.ReadAsync(ActorKey.OfRequest(tenant, request)) is { } stored ? View(model.Model, Decode(stored)) : Refusals.NoRequest(request));

    /// <inheritdoc/>
    public Task<Result<Page<RoleRequestView>>> ListAsync(TenantId tenant, RoleRequestQuery query) =>
        replicas.WithTenantAsync<Page<RoleRequestView>>(tenant, async model =>
        {
            var key = query.Of is { } subject ? RequestRows.Of(subject) : query.Status is { } status ? RequestRows.Of(status) : RequestRows.All;
            var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.RoleRequests, key, query.After, query.Limit + 1);
            var found = await ports.ReadRequestsAsync(tenant, [.. rows.Take(query.Limit)]);
            return new Page<RoleRequestView>(
                [.. found.Where(request => query.Status is null || request.Status == query.Status).Select(request => View(model.Model, request))],
                rows.Count > query.Limit ? rows[query.Limit - 1].Member : null);
        });

    /// <inheritdoc/>
    public Task<Result<RoleRequestView>> ApproveAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        ViewAsync(tenant, () => directory.RoleRequest(tenant, request).ApproveAsync(comment, caller));

    /// <inheritdoc/>
    public Task<Result<RoleRequestView>> RejectAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        ViewAsync(tenant, () => directory.RoleRequest(tenant, request).RejectAsync(comment, caller));

    /// <inheritdoc/>
    public Task<Result<RoleRequestView>> CancelAsync(TenantId tenant, string request, string? comment, Caller caller) =>
        ViewAsync(tenant, () => directory.RoleRequest(tenant, request).CancelAsync(comment, caller));

    private Task<Result<RoleRequestView>> ViewAsync(TenantId tenant, Func<Task<Result<RoleRequest>>> write) =>
        replicas.WithTenantAsync<RoleRequestView>(tenant, async model => (await write()).Map(request => View(model.Model, request)));

    private RoleRequest Decode(StoredState stored) => ports.Decode(stored.Key, () => RoleRequestCodec.Decode(stored.State)).Request;

    private static RoleRequestView View(TenantModel model, RoleRequest request) => new(request, model.Catalog.Find(request.Role)?.Name ?? request.Role.Value);
}
