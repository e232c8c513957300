namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>When a call is over: by the clock, or because its caller says so.</summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider clock, CancellationToken caller)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>The caller's.</summary>
    public CancellationToken Caller => caller;

    public bool IsOver => caller.IsCancellationRequested || Left == TimeSpan.Zero;

    private TimeSpan Left => timeout - clock.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Whether there is time left after a pause.</summary>
    public bool HasRoomFor(TimeSpan pause) => pause < Left;

    /// <summary>Lets some time pass.</summary>
    public Task PauseAsync(TimeSpan pause) => Task.Delay(pause, clock, caller);

    /// <summary>Waits for no longer than until then.</summary>
    /// <exception cref="TimeoutException">It was over.</exception>
    public Task<T> WaitAsync<T>(Task<T> task) => task.WaitAsync(Left, clock, caller);

    /// <summary>What to throw when it is over; a caller who cancels gets a cancellation.</summary>
    public AuthzException Error(string? key, Exception? last)
    {
        caller.ThrowIfCancellationRequested();
        return AuthzException.Of(new AuthzFailure(AuthzFailure.DeadlineExceeded, $"no answer within {timeout}") { IdempotencyKey = key, Cause = last });
    }
}
