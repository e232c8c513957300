namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>A request that an endpoint takes, for the fuzzer to spoil.</summary>
/// <param name="Path">Values of the path's parameters, in order.</param>
/// <param name="Body">JSON; null: it takes none.</param>
/// <param name="Query">Such as <c>limit=2</c>; empty: none.</param>
internal sealed record GoodRequest(IReadOnlyList<string> Path, string? Body = null, string Query = "")
{
    /// <summary>With another value in the path.</summary>
    public GoodRequest With(string placeholder, string value) => this with { Path = [.. Path.Select(one => one == placeholder ? value : one)] };

    public static GoodRequest At(params string[] path) => new(path);
}
