using AuthzCluster.Actors.Doors;

namespace AuthzCluster.Api.Decisions;

/// <summary>A search as a caller asks for it.</summary>
/// <param name="Query">What is looked for.</param>
/// <param name="At">The instant asked about; null: now, of each page.</param>
/// <param name="Explain">Whether each item's decision and trace are wanted.</param>
/// <param name="Limit">1 to 1000.</param>
/// <param name="Token">Where to go on; null: the first page.</param>
internal sealed record Search(AccessQuery Query, DateTimeOffset? At, bool Explain, int Limit, string? Token);
