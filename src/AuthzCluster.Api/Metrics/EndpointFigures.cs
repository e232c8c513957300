using System.Diagnostics;

namespace AuthzCluster.Api.Metrics;

/// <summary>How often an endpoint answered, by status, and how long it took. Counters only: to count is a few interlocked additions.</summary>
internal sealed class EndpointFigures
{
    private const int MostStatuses = 600;
    private readonly long[] _statuses = new long[MostStatuses];
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>The upper bounds of the latencies' buckets, in seconds; one more bucket is without.</summary>
    public static double[] Bounds { get; } = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>All time that it took, in seconds.</summary>
    public double Seconds => (double)Volatile.Read(ref _ticks) / Stopwatch.Frequency;

    /// <summary>Counts an answer.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="ticks">How long it took, in ticks of the stopwatch.</param>
    public void Count(int status, long ticks)
    {
        Interlocked.Increment(ref _statuses[(uint)status < MostStatuses ? status : 0]);
        Interlocked.Add(ref _ticks, ticks);
        var seconds = (double)ticks / Stopwatch.Frequency;
        var bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }
        Interlocked.Increment(ref _buckets[bucket]);
    }

    /// <summary>The statuses that were answered, and how often.</summary>
    public IEnumerable<(int Status, long Count)> Statuses() => _statuses.Index().Select(one => (one.Index, Volatile.Read(ref _statuses[one.Index]))).Where(one => one.Item2 > 0);

    /// <summary>How many took as long as each of <see cref="Bounds"/> or less; last, all.</summary>
    public IEnumerable<long> Cumulated()
    {
        var sum = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            yield return sum += Volatile.Read(ref _buckets[i]);
        }
    }
}
