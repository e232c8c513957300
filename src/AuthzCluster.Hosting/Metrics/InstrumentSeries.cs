using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>What an instrument measured, under one set of labels.</summary>
internal sealed class InstrumentSeries(Instrument instrument)
{
    private readonly Kind _kind = Of(instrument);
    private readonly long[] _buckets = new long[LatencyBounds.Seconds.Count + 1];
    private readonly Lock _lock = new();
    private double _value;

    private enum Kind
    {
        Gauge,
        Counter,
        UpDown,
        Observed,
        Histogram,
    }

    public static string NameOf(Instrument instrument) => MetricsText.Name(instrument.Name, instrument.Unit, KindOf(instrument) == "counter");

    public static string KindOf(Instrument instrument) => Of(instrument) switch
    {
        Kind.Counter or Kind.Observed => "counter",
        Kind.Histogram => "histogram",
        _ => "gauge",
    };

    public void Take(double value)
    {
        lock (_lock)
        {
            // What several observe at once under the same labels, such as the nodes of a test, is one figure.
            _value = _kind == Kind.Gauge && !instrument.IsObservable ? value : _value + value;
            if (_kind == Kind.Histogram)
            {
                _buckets[LatencyBounds.BucketOf(value)]++;
            }
        }
    }

    public void Write(MetricsText text, string name, string labels)
    {
        lock (_lock)
        {
            if (_kind != Kind.Histogram)
            {
                text.Sample(name, labels, _value);
                return;
            }
            var sum = 0L;
            text.Histogram(name, labels, [.. _buckets.Select(count => sum += count)], _value);
        }
    }

    private static Kind Of(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => Kind.Counter,
        "ObservableCounter" => Kind.Observed,
        "UpDownCounter" => Kind.UpDown,
        "Histogram" => Kind.Histogram,
        _ => Kind.Gauge,
    };
}
