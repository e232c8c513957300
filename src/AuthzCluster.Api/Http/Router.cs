using System.Runtime.InteropServices;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>Reads tenant and endpoint off a request's target.</summary>
internal sealed class Router
{
    private const string TenantHeader = "X-Tenant-Id";

    private readonly RouteTree _tree;

    // Whole paths of endpoints without parameters, so that the evaluate path is one look-up.
    private readonly Dictionary<string, IReadOnlyDictionary<string, ApiEndpoint>>.AlternateLookup<ReadOnlySpan<char>> _whole;

    public Router(IReadOnlyList<ApiEndpoint> endpoints)
    {
        _tree = new RouteTree(endpoints);
        _whole = endpoints.Where(endpoint => endpoint.Parameters.Count == 0 && !_tree.IsValueToo(endpoint))
            .GroupBy(endpoint => endpoint.Pattern, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                IReadOnlyDictionary<string, ApiEndpoint> (group) => group.ToDictionary(endpoint => endpoint.Method, StringComparer.Ordinal),
                StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Throws 400 where the path is no valid text or the tenant no valid id.</summary>
    public Route Find(HttpContext http, RequestTarget target)
    {
        if (_whole.TryGetValue(target.Path, out var methods))
        {
            return new Route(methods, TenantOf(http), HasPrefix: false, []);
        }
        var segments = target.Segments();
        var hasPrefix = segments is ["tenants", _, ..];
        var tenant = hasPrefix ? Checked(segments[1], "tenant") : TenantOf(http);
        if (hasPrefix)
        {
            segments.RemoveRange(0, 2);
        }
        if (segments is ["api", ..] and not ["api", "v1", ..])
        {
            segments.Insert(1, "v1");
        }
        var arguments = new List<string>();
        return new Route(_tree.Find(CollectionsMarshal.AsSpan(segments), arguments), tenant, hasPrefix, arguments);
    }

    /// <summary>The tenant that a header names, or <c>default</c>.</summary>
    public static TenantId TenantOf(HttpContext http) =>
        http.Request.Headers.TryGetValue(TenantHeader, out var values)
            ? values.Count == 1 ? Checked(values[0], TenantHeader) : throw ProblemException.Invalid(TenantHeader, "must be given once only")
            : TenantId.Default;

    private static TenantId Checked(string? id, string field) =>
        Ids.Fault(id) is { } fault ? throw ProblemException.Invalid(field, fault) : new TenantId(id!);
}
