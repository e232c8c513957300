using System.Diagnostics;

namespace AuthzCluster.Benchmarks;

/// <summary>Ways to measure.</summary>
public static class Measure
{
    // Long enough for the compiler to have replaced its first, slow code.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Nanoseconds and bytes per call: the best of several rounds, after a warm-up; others on the machine only ever slow a round.</summary>
    public static (double Nanoseconds, double Bytes) PerCall(Action<int> calls, int count, int rounds = 7)
    {
        for (var start = Stopwatch.GetTimestamp(); count > 1 && Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            calls(count);
        }
        var (best, bytes) = (double.MaxValue, 0d);
        for (var round = 0; round < rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            calls(count);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
        }
        return (best, bytes);
    }

    /// <summary>The median of milliseconds per call.</summary>
    public static async Task<double> MedianMillisecondsAsync(Func<int, Task> call, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[count / 2];
    }

    /// <summary>Calls per second of several callers at once, each calling <paramref name="callsEach"/> times.</summary>
    public static async Task<double> RateAsync(int callers, int callsEach, Func<int, int, Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < callsEach; i++)
            {
                await call(caller, i);
            }
        })));
        return callers * callsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
