using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Api.Serving;

/// <summary>
/// Stops taking in requests without losing one: says so while everything is still answered, then accepts no connection,
/// gives those that are open the time to hear of it, and leaves the rest to Kestrel, which waits for what is under way.
/// </summary>
internal sealed class DrainSteps(HttpServing serving, Drain drain, Listeners listeners, OpenConnections connections) : IHostedLifecycleService, IDisposable
{
    // A connection on which nothing is asked is told nothing. Whoever got an answer just before the drain began asks again within this.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(drain.Hurried);

    /// <summary>Before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        drain.Begin();
        await Task.Delay(serving.DrainDelay, drain.Hurried).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listeners.UnbindAsync();
        drain.End();
        _end.Token.Register(connections.Abort);
        _end.CancelAfter(serving.DrainTimeout);
        await connections.NoneAsync(Linger, _end.Token);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _end.Dispose();
}
