using System.Text;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>What a spoiler knows.</summary>
/// <param name="Random">Where its choices come from.</param>
/// <param name="Endpoint">The endpoint that the request was made for.</param>
/// <param name="Good">What it was made of.</param>
/// <param name="Prefix">The tenant's prefix in the target; empty: none.</param>
/// <param name="Key">The caller's key; empty: none.</param>
/// <param name="Tokens">Page tokens that the server gave out, of whatever list.</param>
internal sealed record SpoilContext(Random Random, ApiEndpoint Endpoint, GoodRequest Good, string Prefix, string Key, IReadOnlyList<string> Tokens)
{
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    /// <summary>The target with these arguments, each as it is to stand there, and this query.</summary>
    public string Target(IEnumerable<string> arguments, string query)
    {
        var given = arguments.ToList();
        var next = 0;
        var path = Prefix + string.Join('/', Endpoint.Pattern.Split('/').Select(part => part.StartsWith('{') ? given[next++] : part));
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    public string Target() => Target(Good.Path.Select(Uri.EscapeDataString), Good.Query);

    /// <summary>The request with another body.</summary>
    public static FuzzRequest Body(FuzzRequest request, string json) => request with { Body = Encoding.UTF8.GetBytes(json) };
}
