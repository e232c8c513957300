using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Background;

/// <summary>The instruments of the audit logs, as the nodes of this process see them.</summary>
internal static class AuditMeter
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.Audit";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<AuditBacklogWatch, bool> Watches = new();

    static AuditMeter() => Meter.CreateObservableGauge(
        "authzcluster.audit.backlog", () => Watches.Keys.Select(watch => watch.Rows).DefaultIfEmpty().Max(), "{record}", "records that wait to be written to the audit logs");

    public static void Add(AuditBacklogWatch watch) => Watches[watch] = true;

    public static void Remove(AuditBacklogWatch watch) => Watches.TryRemove(watch, out _);
}
