using System.Diagnostics;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>Calls from many callers at once, and what they cost.</summary>
internal static class Load
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1.5);
    private const int Rounds = 5;

    /// <summary>Calls per second of each way, in turns so that what else the machine does hits all alike; each way's best round.</summary>
    /// <param name="callers">How many call at once, each waiting for its answer.</param>
    /// <param name="processor">The processor time that all who take part have taken.</param>
    /// <param name="ways">Given a number of its own for each call.</param>
    public static async Task<(double Rate, double Microseconds)[]> RatesAsync(int callers, Func<TimeSpan> processor, params Func<int, ValueTask>[] ways)
    {
        var rates = new (double Rate, double Microseconds)[ways.Length];
        for (var round = 0; round <= Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var before = processor();
                var (rate, count) = await RateAsync(callers, Round, ways[way]);
                var microseconds = (processor() - before).TotalMicroseconds / count;
                // The first is the warm-up.
                rates[way] = round <= 1 ? (rate, microseconds) : (Math.Max(rates[way].Rate, rate), Math.Min(rates[way].Microseconds, microseconds));
            }
        }
        return rates;
    }

    /// <summary>The 99th of 100 times from the moment that a call was due until its answer, in milliseconds, at a rate of calls per second.</summary>
    public static async Task<double> P99Async(double rate, Func<int, ValueTask> call)
    {
        const int Seconds = 5;
        var count = (int)(rate * Seconds);
        var times = new double[count];
        var pending = new Task[count];
        var start = Stopwatch.GetTimestamp();
        var pacer = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < count;)
                {
                    var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate));
                    for (; i < due; i++)
                    {
                        var number = i;
                        pending[i] = Task.Run(() => CallAsync(number));
                    }
                    Thread.Sleep(TimeSpan.FromMilliseconds(0.5));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await pacer;
        await Task.WhenAll(pending);
        Array.Sort(times);
        return times[(int)(count * 0.99)];

        async Task CallAsync(int number)
        {
            await call(number);
            times[number] = (Stopwatch.GetElapsedTime(start) - TimeSpan.FromSeconds(number / rate)).TotalMilliseconds;
        }
    }

    /// <summary>Calls per second, and how many they were.</summary>
    public static async Task<(double Rate, int Count)> RateAsync(int callers, TimeSpan span, Func<int, ValueTask> call)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < span; count++)
            {
                await call((count * callers) + caller);
            }
            return count;
        })));
        return (counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds, counts.Sum());
    }
}
