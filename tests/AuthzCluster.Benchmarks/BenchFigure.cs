using System.Globalization;

namespace AuthzCluster.Benchmarks;

/// <summary>One figure; its bound begins with <c>&lt;=</c> or <c>&gt;=</c>.</summary>
public sealed record BenchFigure(string Name, double Figure, string Unit, string? Bound)
{
    public bool IsGood => Bound is null
        || (Bound.StartsWith("<=", StringComparison.Ordinal) ? Figure <= Limit : Figure >= Limit);

    private double Limit => double.Parse(Bound.AsSpan(2), CultureInfo.InvariantCulture);
}
