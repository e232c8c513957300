namespace AuthzCluster.Hosting.Finality;

/// <summary>Sends a batch to a node until it confirms, or nobody waits for that any more: a late confirmation counts.</summary>
internal sealed class NodeCall(INodeMessenger messenger, FinalityOptions options, TimeProvider time)
{
    // A hiccup is not yet a node that is gone; a second failure after a pause is.
    private const int Failures = 2;

    private readonly TimeSpan _pause = options.Confirmation / 4;

    /// <summary>Begins.</summary>
    /// <returns>Completes when it has confirmed, or <paramref name="done"/> is cancelled; and when it cannot be reached, which need not be waited for in full.</returns>
    public (Task Confirmed, Task Refused) Begin(string node, IReadOnlyList<Announcement> batch, CancellationToken done)
    {
        var refused = new TaskCompletionSource();
        return (SendAsync(node, batch, refused, done), refused.Task);
    }

    private async Task SendAsync(string node, IReadOnlyList<Announcement> batch, TaskCompletionSource refused, CancellationToken done)
    {
        for (var failures = 1; !done.IsCancellationRequested; failures++)
        {
            try
            {
                await messenger.RaiseAsync(node, batch).ConfigureAwait(false);
                return;
            }
            catch (Exception)
            {
                if (failures == Failures)
                {
                    refused.TrySetResult();
                }
            }
            await Task.Delay(failures < Failures ? _pause : options.Confirmation, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
