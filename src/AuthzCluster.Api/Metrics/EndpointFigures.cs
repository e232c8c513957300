using System.Diagnostics;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Api.Metrics;

/// <summary>How often an endpoint answered, by status, and how long it took. Counters only: to count is a few interlocked additions.</summary>
internal sealed class EndpointFigures
{
    private const int MostStatuses = 600;
    private readonly long[] _statuses = new long[MostStatuses];
    private readonly long[] _buckets = new long[LatencyBounds.Seconds.Count + 1];
    private long _ticks;

    /// <summary>All time that it took, in seconds.</summary>
    public double Seconds => (double)Volatile.Read(ref _ticks) / Stopwatch.Frequency;

    /// <summary>Counts an answer.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="ticks">How long it took, in ticks of the stopwatch.</param>
    public void Count(int status, long ticks)
    {
        Interlocked.Increment(ref _statuses[(uint)status < MostStatuses ? status : 0]);
        Interlocked.Add(ref _ticks, ticks);
        Interlocked.Increment(ref _buckets[LatencyBounds.BucketOf((double)ticks / Stopwatch.Frequency)]);
    }

    /// <summary>The statuses that were answered, and how often.</summary>
    public IEnumerable<(int Status, long Count)> Statuses() => _statuses.Index().Select(one => (one.Index, Volatile.Read(ref _statuses[one.Index]))).Where(one => one.Item2 > 0);

    /// <summary>How many took as long as each of <see cref="LatencyBounds"/> or less; last, all.</summary>
    public IEnumerable<long> Cumulated()
    {
        var sum = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            yield return sum += Volatile.Read(ref _buckets[i]);
        }
    }
}
