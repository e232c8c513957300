using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>Sums up what the instruments of this program and of the runtime measure, from the start of the process on.</summary>
public sealed class InstrumentListener : IDisposable
{
    private const int MostSeries = 10_000;

    // What tells one tenant or user from another is no label: there is no end of them. Nor is what tells of the inside: which exceptions there were, and how the database is reached.
    private static readonly string[] Unnamed = ["tenant", "user", "subject", "error.type", "pool.name"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument, string), InstrumentSeries> _series = new();

    // A scrape reads the observed instruments and writes all: one at a time.
    private readonly Lock _scrape = new();

    /// <summary>Listens from now on.</summary>
    public InstrumentListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is "System.Runtime" or "Npgsql" || instrument.Meter.Name.StartsWith("AuthzCluster.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes all that was measured.</summary>
    public void Write(MetricsText text)
    {
        lock (_scrape)
        {
            foreach (var gone in _series.Where(one => one.Key.Item1.IsObservable))
            {
                _series.TryRemove(gone.Key, out _); // what is not observed again is there no more
            }
            _listener.RecordObservableInstruments();
            foreach (var family in _series.GroupBy(one => (InstrumentSeries.NameOf(one.Key.Item1), InstrumentSeries.KindOf(one.Key.Item1))).OrderBy(family => family.Key.Item1, StringComparer.Ordinal))
            {
                text.Family(family.Key.Item1, family.Key.Item2, family.First().Key.Item1.Description ?? family.Key.Item1);
                foreach (var (key, series) in family.OrderBy(one => one.Key.Item2, StringComparer.Ordinal))
                {
                    series.Write(text, family.Key.Item1, key.Item2);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = "";
        foreach (var tag in tags)
        {
            if (!Unnamed.Any(name => tag.Key.Contains(name, StringComparison.OrdinalIgnoreCase)))
            {
                labels += (labels.Length == 0 ? "" : ",") + MetricsText.Label(tag.Key, tag.Value?.ToString());
            }
        }
        if (_series.TryGetValue((instrument, labels), out var series) || (_series.Count < MostSeries && (series = _series.GetOrAdd((instrument, labels), _ => new InstrumentSeries(instrument))) is not null))
        {
            series.Take(value);
        }
    }
}
