using System.Security.Cryptography;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Services;

/// <summary>Webhooks: writes go to their writers, reads to storage. Secrets are made here.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class WebhookService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IWebhooks
{
    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    /// <inheritdoc/>
    public Task<Result<IssuedWebhook>> CreateAsync(TenantId tenant, WebhookDraft draft, Caller caller) => replicas.WithTenantAsync<IssuedWebhook>(tenant, async _ =>
        // What was acknowledged before is in the log, and before it.
        (await directory.Audit(tenant).DrainAsync()).Error is { } error
            ? error : await directory.Webhook(tenant, ports.Ids.Next()).CreateAsync(draft, NewSecret(), caller));

    /// <inheritdoc/>
    public Task<Result<Webhook>> GetAsync(TenantId tenant, string webhook) => WithStateAsync<Webhook>(tenant, webhook, state => state.Hook);

    /// <inheritdoc/>
    public Task<Result<Page<Webhook>>> ListAsync(TenantId tenant, string? after, int limit) => replicas.WithTenantAsync<Page<Webhook>>(tenant, async _ =>
    {
        var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.Webhooks, "", after, limit + 1);
        var stored = await ports.Store.ReadManyAsync([.. rows.Take(limit).Select(row => ActorKey.OfWebhook(tenant, row.Member))]);
        return new Page<Webhook>([.. stored.Select(state => Decode(state).Hook).OrderBy(hook => hook.Id, StringComparer.Ordinal)], rows.Count > limit ? rows[limit - 1].Member : null);
    });

    /// <inheritdoc/>
    public Task<Result<Webhook>> UpdateAsync(TenantId tenant, string webhook, WebhookDraft patch, long? ifVersion, Caller caller) =>
        WriteAsync(tenant, webhook, caller, () => directory.Webhook(tenant, webhook).UpdateAsync(patch, ifVersion, caller));

    /// <inheritdoc/>
    public Task<Result<IssuedWebhook>> RotateAsync(TenantId tenant, string webhook, TimeSpan? overlap, Caller caller) =>
        WriteAsync(tenant, webhook, caller, () => directory.Webhook(tenant, webhook).RotateAsync(NewSecret(), overlap ?? WebhookEditor.UsualOverlap, caller));

    /// <inheritdoc/>
    public Task<Result<Webhook>> ReplayAsync(TenantId tenant, string webhook, long from, Caller caller) =>
        WriteAsync(tenant, webhook, caller, () => directory.Webhook(tenant, webhook).ReplayAsync(from, caller));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<DeadLetter>>> ListDeadAsync(TenantId tenant, string webhook) =>
        WithStateAsync<IReadOnlyList<DeadLetter>>(tenant, webhook, state => state.Dead.ToArray());

    /// <inheritdoc/>
    public Task<Result<Webhook>> DeleteAsync(TenantId tenant, string webhook, long? ifVersion, Caller caller) =>
        WriteAsync(tenant, webhook, caller, () => directory.Webhook(tenant, webhook).DeleteAsync(ifVersion, caller));

    // A name that is no webhook's activates nothing. One that is over may be so by this very request.
    private Task<Result<T>> WriteAsync<T>(TenantId tenant, string webhook, Caller caller, Func<Task<Result<T>>> write) => replicas.WithTenantAsync<T>(tenant, async _ =>
        caller.Request is { MayBeRepeat: true } || await ports.Store.ReadAsync(ActorKey.OfWebhook(tenant, webhook)) is not null ? await write() : Refusals.NoWebhook(webhook));

    private Task<Result<T>> WithStateAsync<T>(TenantId tenant, string webhook, Func<WebhookState, T> tell) => replicas.WithTenantAsync<T>(tenant, async _ =>
        await ports.Store.ReadAsync(ActorKey.OfWebhook(tenant, webhook)) is { } stored ? tell(Decode(stored)) : Refusals.NoWebhook(webhook));

    private WebhookState Decode(StoredState stored) => ports.Decode(stored.Key, () => WebhookCodec.Decode(stored.State));

    private static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
}
