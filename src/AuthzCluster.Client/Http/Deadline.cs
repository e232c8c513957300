namespace AuthzCluster.Client.Http;

/// <summary>When a call is over: by the clock, or because its caller says so.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _caller;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly long _start;

    public Deadline(TimeSpan timeout, TimeProvider clock, CancellationToken caller)
    {
        caller.ThrowIfCancellationRequested();
        (_timeout, _clock, _caller, _start) = (timeout, clock, caller, clock.GetTimestamp());
        _source = new CancellationTokenSource(timeout, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_source.Token, caller);
    }

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Token => _linked.Token;

    public bool IsOver => _linked.IsCancellationRequested;

    /// <summary>Whether there is time left after a wait.</summary>
    public bool HasRoomFor(TimeSpan wait) => _clock.GetElapsedTime(_start) + wait < _timeout;

    /// <summary>What to throw when it is over; a caller who cancels gets a cancellation.</summary>
    public Exception Error(ApiCall call, Exception? last)
    {
        _caller.ThrowIfCancellationRequested();
        return AuthzException.Of(new AuthzFailure(AuthzFailure.DeadlineExceeded, $"no answer within {_timeout}")
        {
            IdempotencyKey = call.IdempotencyKey,
            Cause = last,
        });
    }

    public void Dispose()
    {
        _linked.Dispose();
        _source.Dispose();
    }
}
