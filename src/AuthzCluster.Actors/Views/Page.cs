namespace AuthzCluster.Actors.Views;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next page starts (exclusive); null: this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
