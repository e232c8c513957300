using System.Globalization;
using System.Text;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>Writes figures in the text format of Prometheus, version 0.0.4.</summary>
public sealed class MetricsText
{
    /// <summary>The type of the whole.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>What follows is of this name: a counter, gauge or histogram.</summary>
    public void Family(string name, string kind, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
            .Append("\n# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');

    /// <summary>A value; labels as they are written, without braces.</summary>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>A histogram's values, by <see cref="LatencyBounds"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="labels">As they are written.</param>
    /// <param name="cumulated">How many are within each; last, all.</param>
    /// <param name="sum">Of all values.</param>
    public void Histogram(string name, string labels, IReadOnlyList<long> cumulated, double sum)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        for (var i = 0; i < cumulated.Count; i++)
        {
            Sample(name + "_bucket", $"{prefix}le=\"{(i < LatencyBounds.Seconds.Count ? Number(LatencyBounds.Seconds[i]) : "+Inf")}\"", cumulated[i]);
        }
        Sample(name + "_sum", labels, sum);
        Sample(name + "_count", labels, cumulated[^1]);
    }

    /// <summary>The name of an instrument as Prometheus spells names.</summary>
    public static string Name(string instrument, string? unit, bool isCounter)
    {
        var name = string.Concat(instrument.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        name += unit == "s" && !name.EndsWith("_seconds", StringComparison.Ordinal) ? "_seconds" : unit == "By" && !name.EndsWith("_bytes", StringComparison.Ordinal) ? "_bytes" : "";
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>A label as it is written.</summary>
    public static string Label(string name, string? value) =>
        $"{Name(name, null, false)}=\"{(value ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>All that was written, UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
