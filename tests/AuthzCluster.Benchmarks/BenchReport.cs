using System.Globalization;

namespace AuthzCluster.Benchmarks;

/// <summary>The figures of a run, each printed as it comes.</summary>
public sealed class BenchReport
{
    private readonly List<BenchFigure> _figures = [];

    public IReadOnlyList<BenchFigure> Figures => _figures;

    /// <summary>Whether every figure that has a bound keeps it.</summary>
    public bool IsGood => _figures.All(figure => figure.IsGood);

    /// <param name="name">What was measured.</param>
    /// <param name="figure">How much.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="bound">Such as <c>&lt;= 150</c> or <c>&gt;= 4000</c>; null: it is only told.</param>
    public void Add(string name, double figure, string unit, string? bound = null)
    {
        var added = new BenchFigure(name, figure, unit, bound);
        _figures.Add(added);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-60} {figure,14:#,0.###} {unit,-10} {bound,-12} {(bound is null ? "" : added.IsGood ? "ok" : "MISSED")}"));
    }
}
