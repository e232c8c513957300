using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Webhooks, by way of any silo.</summary>
internal sealed class ClusterWebhooks(ClusterCaller calls) : IWebhooks
{
    public Task<Result<IssuedWebhook>> CreateAsync(TenantId tenant, WebhookDraft draft, Caller caller) =>
        calls.WriteAsync<IWebhooksGrain, IssuedWebhook>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<Webhook>> GetAsync(TenantId tenant, string webhook) => calls.ReadAsync<IWebhooksGrain, Webhook>(grain => grain.GetAsync(tenant, webhook));

    public Task<Result<Page<Webhook>>> ListAsync(TenantId tenant, string? after, int limit) =>
        calls.ReadAsync<IWebhooksGrain, Page<Webhook>>(grain => grain.ListAsync(tenant, after, limit), calls.Options.ListDeadline);

    public Task<Result<Webhook>> UpdateAsync(TenantId tenant, string webhook, WebhookDraft patch, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IWebhooksGrain, Webhook>(tenant, caller, (grain, named) => grain.UpdateAsync(tenant, webhook, patch, ifVersion, named));

    public Task<Result<IssuedWebhook>> RotateAsync(TenantId tenant, string webhook, TimeSpan? overlap, Caller caller) =>
        calls.WriteAsync<IWebhooksGrain, IssuedWebhook>(tenant, caller, (grain, named) => grain.RotateAsync(tenant, webhook, overlap, named));

    public Task<Result<Webhook>> ReplayAsync(TenantId tenant, string webhook, long from, Caller caller) =>
        calls.WriteAsync<IWebhooksGrain, Webhook>(tenant, caller, (grain, named) => grain.ReplayAsync(tenant, webhook, from, named));

    public Task<Result<IReadOnlyList<DeadLetter>>> ListDeadAsync(TenantId tenant, string webhook) =>
        calls.ReadAsync<IWebhooksGrain, IReadOnlyList<DeadLetter>>(grain => grain.ListDeadAsync(tenant, webhook));

    public Task<Result<Webhook>> DeleteAsync(TenantId tenant, string webhook, long? ifVersion, Caller caller) =>
        calls.WriteAsync<IWebhooksGrain, Webhook>(tenant, caller, (grain, named) => grain.DeleteAsync(tenant, webhook, ifVersion, named));
}
