namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Who sends fuzzed requests.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Key">The API key; empty: none.</param>
internal sealed record FuzzCaller(string Name, string Key)
{
    /// <summary>Whether reads may be answered.</summary>
    public bool MayRead { get; init; }

    /// <summary>Whether writes would be done, so that only what is refused by its form may be sent.</summary>
    public bool MayWrite { get; init; }

    /// <summary>Whether it may only address a tenant by its path, since in another it has rights.</summary>
    public bool IsForeign { get; init; }
}
