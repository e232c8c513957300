using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Api.Metrics;

/// <summary>All figures of a process.</summary>
internal sealed class MetricsReport(RequestFigures requests, InstrumentListener instruments)
{
    public RequestFigures Requests { get; } = requests;

    public byte[] ToBytes()
    {
        var text = new MetricsText();
        Requests.Write(text);
        instruments.Write(text);
        return text.ToBytes();
    }
}
