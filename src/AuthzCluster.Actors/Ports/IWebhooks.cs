using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Webhooks: where a tenant's events are sent. Errors besides: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IWebhooks
{
    /// <summary>Makes one, which is sent what happens from then on. Its secret is told here and to nobody else.</summary>
    Task<Result<IssuedWebhook>> CreateAsync(TenantId tenant, WebhookDraft draft, Caller caller);

    /// <summary>Finds one.</summary>
    Task<Result<Webhook>> GetAsync(TenantId tenant, string webhook);

    /// <summary>Lists them by id.</summary>
    Task<Result<Page<Webhook>>> ListAsync(TenantId tenant, string? after, int limit);

    /// <summary>Changes what a draft says. <paramref name="ifVersion"/>: only at that version.</summary>
    Task<Result<Webhook>> UpdateAsync(TenantId tenant, string webhook, WebhookDraft patch, long? ifVersion, Caller caller);

    /// <summary>Gives it another secret; the one it had signs for <paramref name="overlap"/> more: zero to 30 days, null a day.</summary>
    Task<Result<IssuedWebhook>> RotateAsync(TenantId tenant, string webhook, TimeSpan? overlap, Caller caller);

    /// <summary>Has it send again from a sequence on (inclusive) that it has reached already; 0: from the beginning.</summary>
    Task<Result<Webhook>> ReplayAsync(TenantId tenant, string webhook, long from, Caller caller);

    /// <summary>The latest events that it gave up, the latest first, at most <see cref="WebhookState.MostDead"/>.</summary>
    Task<Result<IReadOnlyList<DeadLetter>>> ListDeadAsync(TenantId tenant, string webhook);

    /// <summary>Removes one. What is under way to its receiver may still arrive. <paramref name="ifVersion"/>: only at that version.</summary>
    Task<Result<Webhook>> DeleteAsync(TenantId tenant, string webhook, long? ifVersion, Caller caller);
}
