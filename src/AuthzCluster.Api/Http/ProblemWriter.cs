using System.Text.Json;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Json;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>Writes error answers; the same form for all requests, and that of calls for those.</summary>
internal static class ProblemWriter
{
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        if (http.Features.Get<GrpcCall>() is { } call)
        {
            return call.FailAsync(problem);
        }
        SetHeaders(http, problem);
        return JsonReply.WriteAsync(http, problem.Status, "application/problem+json", problem, Write);
    }

    /// <summary>What an error tells beside its body, whatever the form of that.</summary>
    public static void SetHeaders(HttpContext http, Problem problem)
    {
        var response = http.Response;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"authz\"";
        }
        if (problem.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        if (problem.Allow is { } allow)
        {
            response.Headers.Allow = allow;
        }
    }

    private static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:authz:problem:{problem.Code}");
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("code", problem.Code);
        if (problem.Errors.Count > 0)
        {
            json.WriteStartObject("errors");
            foreach (var field in problem.Errors.GroupBy(error => error.Field, StringComparer.Ordinal))
            {
                json.WriteStartArray(field.Key);
                foreach (var error in field)
                {
                    json.WriteStringValue(error.Message);
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        if (problem.HolderCount > 0)
        {
            WriteHolders(json, problem);
        }
        json.WriteEndObject();
    }

    private static void WriteHolders(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartArray("holders");
        foreach (var holder in problem.Holders)
        {
            json.WriteStartObject();
            json.WriteStartObject("principal");
            json.WriteString("type", holder.Principal.Type);
            json.WriteString("id", holder.Principal.Id);
            json.WriteEndObject();
            json.WriteString("constraint", holder.Constraint);
            json.WriteStartArray("roles");
            foreach (var role in holder.Roles)
            {
                json.WriteStringValue(role);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("holders_total", problem.HolderCount);
    }
}
