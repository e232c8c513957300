namespace AuthzCluster.Client.Http;

/// <summary>An error answer (RFC 9457).</summary>
internal sealed record ProblemWire(string? Code, string? Title, string? Detail, Dictionary<string, IReadOnlyList<string>>? Errors);
