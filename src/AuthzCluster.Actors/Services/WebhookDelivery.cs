using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// Sends what happened to the receivers of webhooks, in order, each event at least once: the cursor is stored behind what was delivered, so that what a crash cut off is sent again.
/// </summary>
/// <param name="directory">Where the webhooks' writers are.</param>
/// <param name="sender">Sends.</param>
/// <param name="mostAttempts">After how many attempts an event is given up.</param>
/// <param name="firstPause">The pause behind the first failure.</param>
/// <param name="ports">The host's.</param>
public sealed class WebhookDelivery(IActorDirectory directory, IWebhookSender sender, int mostAttempts, TimeSpan firstPause, ActorPorts ports)
{
    // What a crash has sent again is what was delivered within this.
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(1);

    // Whoever has more to send than that goes behind those who wait.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    /// <summary>Those of some webhooks that have something to send now.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public async Task<IReadOnlyList<ActorKey>> FindAsync(IReadOnlyList<ActorKey> webhooks)
    {
        var (now, due) = (ports.Now(), new List<ActorKey>());
        foreach (var tenant in (await ports.Store.ReadManyAsync(webhooks)).GroupBy(stored => stored.Key.Tenant))
        {
            var last = (await ports.Audit.ReadLastAsync(tenant.Key))?.Sequence ?? 0;
            due.AddRange(tenant.Where(stored => Decode(stored) is { IsActive: true } hook && hook.Cursor < last && !(hook.NextAttempt > now)).Select(stored => stored.Key));
        }
        return due;
    }

    /// <summary>Sends what one has to send, until there is no more, its turn is over, something fails, or <paramref name="stop"/> says so.</summary>
    /// <returns>What kept it from being noted; null: nothing.</returns>
    /// <exception cref="StoreUnavailableException">Storage does not answer.</exception>
    public async Task<AuthzError?> RunAsync(ActorKey key, CancellationToken stop)
    {
        var began = ports.Time.GetTimestamp();
        while (!stop.IsCancellationRequested && ports.Time.GetElapsedTime(began) < Turn)
        {
            if (await ports.Store.ReadAsync(key) is not { } stored || WebhookState(stored) is not { Hook.IsActive: true } state || state.Hook.NextAttempt > ports.Now())
            {
                return null;
            }
            var (progress, isMore) = await SendAsync(key, state, stop);
            if (progress.To == progress.From && progress.Failed is null)
            {
                return null;
            }
            var noted = await directory.Webhook(key.Tenant, key.Webhook).AdvanceAsync(progress);
            if (noted is not { IsOk: true, Value: true } || progress.Failed is not null || !isMore)
            {
                return noted.Error;
            }
        }
        return null;
    }

    private async Task<(WebhookProgress Progress, bool IsMore)> SendAsync(ActorKey key, WebhookState state, CancellationToken stop)
    {
        var (hook, since) = (state.Hook, ports.Time.GetTimestamp());
        // What policies say is for who may read policies: an outside receiver is told which they are.
        var slice = await ports.ReadEventsAsync(key.Tenant, hook.Cursor, showsPolicies: false);
        var progress = new WebhookProgress(hook.Cursor, hook.Cursor) { MostAttempts = mostAttempts, FirstPause = firstPause };
        foreach (var one in slice.Events.Where(one => hook.Asks(one.Type)))
        {
            if (stop.IsCancellationRequested || ports.Time.GetElapsedTime(since) >= StoreEvery)
            {
                return (progress, true);
            }
            var now = ports.Now();
            if (await sender.SendAsync(new WebhookMessage(hook.Url, one, state.SecretsAt(now), now), stop) is { } error)
            {
                // That it was stopped says nothing of the receiver.
                var failed = stop.IsCancellationRequested ? null : new DeadLetter(one.Sequence, one.Id, one.Type, now, 0, error);
                return (progress with { To = Math.Max(progress.To, one.Sequence - 1), Failed = failed }, false);
            }
            progress = progress with { To = one.Sequence, HasDelivered = true };
        }
        return (progress with { To = slice.Last }, slice.IsMore);
    }

    private Webhook Decode(StoredState stored) => WebhookState(stored).Hook;

    private WebhookState WebhookState(StoredState stored) => ports.Decode(stored.Key, () => WebhookCodec.Decode(stored.State));
}
