namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>One way to spoil a request.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Breaks">Whether what comes out is refused whoever sends it, and whatever it was.</param>
/// <param name="Apply">Spoils it; null: not this one.</param>
internal sealed record Spoiler(string Name, bool Breaks, Func<SpoilContext, FuzzRequest, FuzzRequest?> Apply)
{
    /// <summary>Whether what comes out may be a good request of another endpoint: not for who may everything.</summary>
    public bool Strays { get; init; }

    /// <summary>All of them.</summary>
    public static readonly Spoiler[] All = [.. BodySpoilers.All, .. TargetSpoilers.All, .. HeaderSpoilers.All, .. WireSpoilers.All];
}
