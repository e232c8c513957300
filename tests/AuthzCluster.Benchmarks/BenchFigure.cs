namespace AuthzCluster.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="AtMost">The promised upper bound; null: none.</param>
/// <param name="AtLeast">The promised lower bound; null: none.</param>
public sealed record BenchFigure(string Scenario, string Name, double Value, string Unit, double? AtMost, double? AtLeast)
{
    /// <summary>Whether a promise is broken.</summary>
    public bool IsMissed => Value > AtMost || Value < AtLeast;

    /// <summary>The promise as text.</summary>
    public string Promise => AtMost is { } most ? $"at most {most:0.##}" : AtLeast is { } least ? $"at least {least:0.##}" : "";
}
