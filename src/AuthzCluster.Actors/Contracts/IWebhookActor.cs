using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Contracts;

/// <summary>The single writer of one webhook; see <see cref="IWebhooks"/>. Everything takes turns; nothing is sent in one.</summary>
public interface IWebhookActor
{
    /// <summary>Makes it.</summary>
    Task<Result<IssuedWebhook>> CreateAsync(WebhookDraft draft, string secret, Caller caller);

    /// <summary>Changes it.</summary>
    Task<Result<Webhook>> UpdateAsync(WebhookDraft patch, long? ifVersion, Caller caller);

    /// <summary>Gives it another secret.</summary>
    Task<Result<IssuedWebhook>> RotateAsync(string secret, TimeSpan overlap, Caller caller);

    /// <summary>Has it send again.</summary>
    Task<Result<Webhook>> ReplayAsync(long from, Caller caller);

    /// <summary>Removes it.</summary>
    Task<Result<Webhook>> DeleteAsync(long? ifVersion, Caller caller);

    /// <summary>Takes note of what was delivered; false: it was gone by something that is so no more, and nothing counts.</summary>
    Task<Result<bool>> AdvanceAsync(WebhookProgress progress);

    /// <summary>Its tenant is gone: it ends.</summary>
    Task<Result<bool>> EndAsync();
}
