using System.Diagnostics.Metrics;
using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Hosting.Finality;

/// <summary>What happened to a node's lease and its announcements: for its health, and for the instruments of <see cref="MeterName"/>. For any thread.</summary>
public sealed class FinalityState : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.Finality";

    private readonly CellTable _cells;
    private readonly TimeProvider _time;
    private readonly KeyValuePair<string, object?> _node;
    private long _renewed = long.MinValue, _taken, _suffered, _issued, _longest, _failed;

    /// <summary>Of a node that has done nothing yet.</summary>
    /// <param name="node">The process, as the table of leases names it.</param>
    /// <param name="cells">The node's cells, with its lease.</param>
    /// <param name="time">The clock.</param>
    public FinalityState(string node, CellTable cells, TimeProvider time)
    {
        (_cells, _time) = (cells, time);
        _node = new("authzcluster.node", node);
        FinalityMeter.Add(this);
    }

    /// <summary>How it stands now.</summary>
    public FinalityHealth Health => new(
        _cells.HeldLease() is not null,
        Interlocked.Read(ref _renewed) is > long.MinValue and var renewed ? _time.GetElapsedTime(renewed) : null,
        Interlocked.Read(ref _taken), Interlocked.Read(ref _suffered), Interlocked.Read(ref _issued),
        TimeSpan.FromTicks(Interlocked.Read(ref _longest)), Interlocked.Read(ref _failed), _cells.Refusals);

    /// <summary>Its instruments say nothing any more.</summary>
    public void Dispose() => FinalityMeter.Remove(this);

    internal Measurement<T> Measure<T>(Func<FinalityHealth, T> value)
        where T : struct => new(value(Health), _node);

    internal void Renewed(long sent) => Highest(ref _renewed, sent);

    internal void Taken(long sent)
    {
        Renewed(sent);
        Count(ref _taken, FinalityMeter.LeasesTaken);
    }

    internal void Lost() => Count(ref _suffered, FinalityMeter.FencesSuffered);

    internal void Fenced() => Count(ref _issued, FinalityMeter.FencesIssued);

    internal void BatchBegan() => FinalityMeter.AnnounceBatches.Add(1, _node);

    internal void Announced(TimeSpan taken)
    {
        FinalityMeter.AnnounceDuration.Record(taken.TotalSeconds, _node);
        Highest(ref _longest, taken.Ticks);
    }

    internal void AnnounceFailed() => Count(ref _failed, FinalityMeter.AnnounceFailures);

    private void Count(ref long count, Counter<long> counter)
    {
        Interlocked.Increment(ref count);
        counter.Add(1, _node);
    }

    private static void Highest(ref long kept, long value)
    {
        for (var seen = Interlocked.Read(ref kept); value > seen;)
        {
            var found = Interlocked.CompareExchange(ref kept, value, seen);
            if (found == seen)
            {
                return;
            }
            seen = found;
        }
    }
}
