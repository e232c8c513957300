namespace AuthzCluster.Api.Http;

/// <summary>By what an answer without an end goes on.</summary>
/// <param name="Streams">How many there are.</param>
/// <param name="IsStopping">Whether the process is about to stop.</param>
/// <param name="IsAdmittedAsync">Whether the request would be let in now.</param>
internal sealed record StreamRules(OpenStreams Streams, Func<bool> IsStopping, Func<ValueTask<bool>> IsAdmittedAsync);
