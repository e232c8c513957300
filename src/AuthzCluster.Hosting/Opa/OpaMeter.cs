using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Opa;

/// <summary>The instruments of all that ask policy servers in this process.</summary>
internal static class OpaMeter
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AuthzCluster.Opa";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<OpaEngine, bool> Engines = new();

    static OpaMeter() => Meter.CreateObservableGauge(
        "authzcluster.opa.breakers", () => Engines.Keys.Sum(engine => engine.OpenBreakers), "{breaker}", "tenants and servers between which nothing is asked for a moment");

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>("authzcluster.opa.duration", "s", "from a question to its answer, by what was answered");

    public static Counter<long> Kept { get; } = Meter.CreateCounter<long>("authzcluster.opa.kept", "{answer}", "answers that were there already, or under way");

    public static void Add(OpaEngine engine) => Engines[engine] = true;

    public static void Remove(OpaEngine engine) => Engines.TryRemove(engine, out _);
}
