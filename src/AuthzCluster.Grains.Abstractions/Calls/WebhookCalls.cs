using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Webhooks;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>A webhook's writer, its lost calls as refusals.</summary>
internal sealed class WebhookCalls(IWebhookGrain grain) : IWebhookActor
{
    public Task<Result<IssuedWebhook>> CreateAsync(WebhookDraft draft, string secret, Caller caller) => grain.CreateAsync(draft, secret, caller).ToRefusalAsync();

    public Task<Result<Webhook>> UpdateAsync(WebhookDraft patch, long? ifVersion, Caller caller) => grain.UpdateAsync(patch, ifVersion, caller).ToRefusalAsync();

    public Task<Result<IssuedWebhook>> RotateAsync(string secret, TimeSpan overlap, Caller caller) => grain.RotateAsync(secret, overlap, caller).ToRefusalAsync();

    public Task<Result<Webhook>> ReplayAsync(long from, Caller caller) => grain.ReplayAsync(from, caller).ToRefusalAsync();

    public Task<Result<Webhook>> DeleteAsync(long? ifVersion, Caller caller) => grain.DeleteAsync(ifVersion, caller).ToRefusalAsync();

    public Task<Result<bool>> AdvanceAsync(WebhookProgress progress) => grain.AdvanceAsync(progress).ToRefusalAsync();

    public Task<Result<bool>> EndAsync() => grain.EndAsync().ToRefusalAsync();
}
