using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Views;

/// <summary>What became of a row.</summary>
/// <param name="Row">Its place, from 0.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record RowReport(int Row, RowStatus Status, AuthzError? Error);
