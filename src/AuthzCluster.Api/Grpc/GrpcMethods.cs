using System.Collections.Frozen;
using AuthzCluster.Api.Http;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Grpc;

/// <summary>Every method there is. Each is an endpoint, whose handler reads and writes messages.</summary>
internal static class GrpcMethods
{
    /// <summary>In the order of the services.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } =
        [.. AuthorizationMethods.All, .. RoleMethods.All, .. HealthMethods.All, .. ReflectionMethods.All];

    private static readonly FrozenDictionary<string, IReadOnlyDictionary<string, ApiEndpoint>> ByPath = All.ToFrozenDictionary(
        endpoint => endpoint.Pattern, IReadOnlyDictionary<string, ApiEndpoint> (endpoint) => new Dictionary<string, ApiEndpoint> { [endpoint.Method] = endpoint }, StringComparer.Ordinal);

    /// <summary>The method that a call names, and its tenant.</summary>
    public static Route Find(HttpContext http) =>
        ByPath.TryGetValue(http.Request.Path.Value ?? "", out var methods)
            ? new Route(methods, Router.TenantOf(http), HasPrefix: false, [])
            : throw new ProblemException(GrpcProblems.Unimplemented("there is no such method"));
}
