using System.Diagnostics.Metrics;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Hosting.Tests.Finality;

public sealed class InstrumentTests
{
    [Fact]
    public void Instruments_OfANode_SayWhatHappened()
    {
        var node = $"node-{Guid.NewGuid()}";
        var time = new ManualTimeProvider(World.Start);
        var cells = new CellTable();
        var measured = new SortedDictionary<string, double>(StringComparer.Ordinal);
        using var listener = Listen(node, measured);
        using (var state = new FinalityState(node, cells, time))
        {
            state.Taken(time.GetTimestamp());
            state.Lost();
            state.Fenced();
            state.BatchBegan();
            state.Announced(TimeSpan.FromSeconds(0.25));
            state.AnnounceFailed();
            cells.Refused();
            time.Advance(TimeSpan.FromSeconds(3));
            cells.Lease = NodeLease.Always;
            // That it holds a lease: whatever this was refused for, it was not that.
            cells.Refused();
            listener.RecordObservableInstruments();
        }

        Assert.Equal(new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["authzcluster.announce.batches"] = 1, ["authzcluster.announce.duration"] = 0.25, ["authzcluster.announce.failures"] = 1,
            ["authzcluster.evaluations.refused"] = 1, ["authzcluster.fence.issued"] = 1, ["authzcluster.fence.suffered"] = 1,
            ["authzcluster.lease.age"] = 3, ["authzcluster.lease.held"] = 1, ["authzcluster.lease.taken"] = 1,
        }, measured);

        measured.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(measured);
    }

    private static MeterListener Listen(string node, SortedDictionary<string, double> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == FinalityState.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        return listener;

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // Other tests' nodes measure at the same time.
            if (tags.Length == 1 && tags[0].Value is string named && named == node)
            {
                measured[instrument.Name] = value;
            }
        }
    }
}
