namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>How a silo is.</summary>
/// <param name="IsReady">Whether it has started and can answer questions.</param>
/// <param name="WriteProblem">What keeps it from taking writes, in one line; null: nothing.</param>
/// <param name="BackgroundProblem">What works in the background and keeps failing, in one line that names nobody; null: nothing.</param>
[GenerateSerializer, Immutable, Alias("authz.node-report")]
public sealed record NodeReport(
    [property: Id(0)] bool IsReady, [property: Id(1)] string? WriteProblem, [property: Id(2)] string? BackgroundProblem);
