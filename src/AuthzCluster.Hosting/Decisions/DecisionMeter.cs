using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>The instruments of all decision logs of this process.</summary>
internal static class DecisionMeter
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.DecisionLog";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<DecisionLog, bool> Logs = new();

    static DecisionMeter()
    {
        Meter.CreateObservableCounter("authzcluster.decision_log.written", () => Logs.Keys.Sum(log => log.Written), "{decision}", "decisions that were logged");
        Meter.CreateObservableCounter("authzcluster.decision_log.dropped", () => Logs.Keys.Sum(log => log.Dropped), "{decision}", "decisions that there was no room for, or that could not be written");
    }

    public static void Add(DecisionLog log) => Logs[log] = true;

    public static void Remove(DecisionLog log) => Logs.TryRemove(log, out _);
}
