using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Errors as AuthZEN has them: the message is the body, a JSON string.</summary>
internal static class AuthZenErrors
{
    /// <summary>What the paths start with.</summary>
    public const string Root = "/access/v1";

    /// <summary>A body of another type is a bad request there.</summary>
    public static int StatusOf(Problem problem) => problem.Status == StatusCodes.Status415UnsupportedMediaType ? StatusCodes.Status400BadRequest : problem.Status;

    /// <summary>The message: what is wrong, each with its place.</summary>
    public static string TextOf(Problem problem) => problem.Errors.Count == 0 ? problem.Detail : string.Join("; ", problem.Errors.Select(error => $"{error.Field}: {error.Message}"));

    /// <summary>Answers an error.</summary>
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        ProblemWriter.SetHeaders(http, problem);
        return JsonReply.WriteAsync(http, StatusOf(problem), MediaTypes.Json, TextOf(problem), static (json, text) => json.WriteStringValue(text));
    }
}
