namespace AuthzCluster.Client.Tests.Support;

/// <summary>A clock that stands still until it is moved, and tells when somebody begins to wait on it.</summary>
internal sealed class WatchedTime : TimeProvider
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly List<(TimeSpan Wait, TaskCompletionSource Began)> _watched = [];

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _time.CreateTimer(callback, state, dueTime, period);
        lock (_watched)
        {
            _watched.Where(watched => watched.Wait == dueTime).ToList().ForEach(watched => watched.Began.TrySetResult());
        }
        return timer;
    }

    /// <summary>Ends when a wait of this length begins.</summary>
    public Task NextTimerAsync(TimeSpan wait)
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_watched)
        {
            _watched.Add((wait, began));
        }
        return began.Task;
    }

    public void Advance(TimeSpan by) => _time.Advance(by);
}
