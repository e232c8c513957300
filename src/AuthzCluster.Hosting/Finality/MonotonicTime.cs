namespace AuthzCluster.Hosting.Finality;

/// <summary>Moments of the monotonic clock.</summary>
internal static class MonotonicTime
{
    public static long Plus(this TimeProvider time, long timestamp, TimeSpan span) =>
        timestamp + (long)((Int128)span.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>Waits until the moment, never for less: timers may be a little early.</summary>
    public static async Task UntilAsync(this TimeProvider time, long timestamp)
    {
        while (time.GetElapsedTime(time.GetTimestamp(), timestamp) is { Ticks: > 0 } rest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time).ConfigureAwait(false);
        }
    }
}
