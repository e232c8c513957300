namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>The monotonic clock of a machine, and the timers of one process on it: they never fire early, and not while it stands still.</summary>
/// <param name="world">Where true time is.</param>
/// <param name="process">Whose timers.</param>
/// <param name="rate">Seconds of this clock in a true second.</param>
internal sealed class SimClock(World world, SimProcess process, double rate) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(world.Now * rate);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(world.Now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimClock clock, Action fire) : ITimer
    {
        private int _set;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var set = ++_set;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.After(dueTime, () =>
                {
                    if (set == _set)
                    {
                        fire();
                    }
                });
            }
            return true;
        }

        public void Dispose() => _set++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private void After(TimeSpan dueTime, Action fire) => world.After(TimeSpan.FromTicks((long)Math.Ceiling(dueTime.Ticks / rate)), process, fire);
}
