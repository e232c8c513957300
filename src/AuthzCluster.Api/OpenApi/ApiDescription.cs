using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.OpenApi;

/// <summary>The API in OpenAPI 3.1: the table of the endpoints, with a text and schemas for each.</summary>
internal static class ApiDescription
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Lazy<byte[]> Made = new(() => JsonSerializer.SerializeToUtf8Bytes(Make(ApiEndpoints.All), Indented));

    /// <summary>The whole of it, JSON; made when it is first asked for.</summary>
    public static byte[] Bytes => Made.Value;

    public static JsonObject Make(IEnumerable<ApiEndpoint> endpoints)
    {
        var paths = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            var path = paths[endpoint.Pattern] as JsonObject ?? [];
            paths[endpoint.Pattern] ??= path;
            path[endpoint.Method.ToLowerInvariant()] = OperationText.Of(endpoint, EndpointTexts.All[$"{endpoint.Method} {endpoint.Pattern}"]);
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "AuthzCluster",
                ["version"] = "1",
                ["description"] = "A multi-tenant authorization service. Every path is there under `/tenants/{tenant}` too; without that prefix the header `X-Tenant-Id` names the tenant, else it is `default`.",
            },
            ["servers"] = new JsonArray(
                new JsonObject { ["url"] = "/" },
                new JsonObject
                {
                    ["url"] = "/tenants/{tenant}",
                    ["description"] = "The same, in a tenant",
                    ["variables"] = new JsonObject { ["tenant"] = new JsonObject { ["default"] = "default", ["description"] = "The tenant's id" } },
                }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key, or a JWT of the configured issuer" } },
                ["schemas"] = ApiSchemas.All(),
            },
        };
    }
}
