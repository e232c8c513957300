using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Embedded.Activation;

/// <summary>A webhook's slot.</summary>
internal sealed class WebhookSlot(ActorDirectory directory, TenantId tenant, string webhook, WebhookActor actor) : Slot<WebhookSlot, WebhookActor>(actor), IWebhookActor
{
    public Task<Result<IssuedWebhook>> CreateAsync(WebhookDraft draft, string secret, Caller caller) => TurnAsync(writer => writer.CreateAsync(draft, secret, caller));

    public Task<Result<Webhook>> UpdateAsync(WebhookDraft patch, long? ifVersion, Caller caller) => TurnAsync(writer => writer.UpdateAsync(patch, ifVersion, caller));

    public Task<Result<IssuedWebhook>> RotateAsync(string secret, TimeSpan overlap, Caller caller) => TurnAsync(writer => writer.RotateAsync(secret, overlap, caller));

    public Task<Result<Webhook>> ReplayAsync(long from, Caller caller) => TurnAsync(writer => writer.ReplayAsync(from, caller));

    public Task<Result<Webhook>> DeleteAsync(long? ifVersion, Caller caller) => TurnAsync(writer => writer.DeleteAsync(ifVersion, caller));

    public Task<Result<bool>> AdvanceAsync(WebhookProgress progress) => TurnAsync(writer => writer.AdvanceAsync(progress));

    public Task<Result<bool>> EndAsync() => TurnAsync(writer => writer.EndAsync());

    protected override WebhookSlot Successor() => directory.WebhookSlot(tenant, webhook);
}
