namespace AuthzCluster.Server.Tests.Fuzz;

/// <summary>A request that an endpoint takes, for the fuzzer to spoil.</summary>
/// <param name="Path">Values of the path's parameters, in order.</param>
/// <param name="Body">JSON; null: it takes none.</param>
/// <param name="Query">Such as <c>limit=2</c>; empty: none.</param>
internal sealed record GoodRequest(IReadOnlyList<string> Path, string? Body = null, string Query = "")
{
    public static GoodRequest At(params string[] path) => new(path);
}
