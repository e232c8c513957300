using System.Text.Json;
using System.Text.RegularExpressions;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.OpenApi;
using AuthzCluster.Http.Tests.OpenApi;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>What must hold of every answer, whatever was sent.</summary>
internal static partial class AnswerRules
{
    // API.md, section 1, but for what a fuzzer must never meet: `internal` and `unavailable`.
    private static readonly HashSet<string> Codes =
    [
        "validation_failed", "unauthenticated", "forbidden", "feature_not_available", "not_found", "role_not_found", "assignment_not_found", "policy_not_found", "tenant_not_found",
        "request_not_found", "role_already_exists", "role_in_use", "role_conflict", "circular_hierarchy", "hierarchy_too_deep", "level_inconsistent", "parent_inactive",
        "system_role_protected", "version_conflict", "invalid_state", "precondition_failed", "method_not_allowed", "payload_too_large", "unsupported_media_type", "rate_limited",
    ];

    private static readonly JsonElement Description = JsonDocument.Parse(ApiDescription.Bytes).RootElement, Schema = Description.GetProperty("components").GetProperty("schemas").GetProperty("Problem");
    private static readonly SchemaCheck Described = new(Description);

    private static readonly string[] OpenTo = ["/health/", "/openapi/", "/docs"];

    // What Kestrel answers itself, before anybody of ours sees the request.
    private static readonly int[] BelowHttp = [400, 404, 405, 408, 411, 413, 414, 417, 431, 501, 505];

    /// <summary>What is wrong with the answers to a request; null: nothing.</summary>
    public static string? Fault(FuzzRequest request, FuzzCaller caller, ApiEndpoint endpoint, IReadOnlyList<FuzzAnswer> answers, IReadOnlyList<string> secrets) =>
        // What follows a request of dishonest length is garbage, and refused as such; never is it a request of its own.
        answers.Skip(1).Any(answer => answer.Header("X-Request-Id") is not null || answer.Status < 400) ? "one request was answered more than once"
        : answers.Count == 0 ? (request.IsRaw ? null : "the connection was closed without an answer")
        : Leak(answers[0], secrets) ?? (answers[0].Status switch
        {
            >= 200 and < 300 => Success(request, caller, endpoint),
            >= 400 and < 500 or 505 or 501 => Refusal(request, caller, answers[0]),
            _ => "neither success nor refusal",
        });

    private static string? Success(FuzzRequest request, FuzzCaller caller, ApiEndpoint endpoint)
    {
        var isRead = request.Method is "GET" or "HEAD" || (!endpoint.IsWrite && request.Method == endpoint.Method);
        return endpoint.IsOpen || OpenTo.Any(part => request.Target.Contains(part, StringComparison.Ordinal)) ? null
            : !isRead ? "a write was done"
            : caller.MayRead || (caller.Key.Length > 0 && (endpoint.IsQuestion || endpoint.Right is null)) ? null
            : "a caller without the right was answered";
    }

    private static string? Refusal(FuzzRequest request, FuzzCaller caller, FuzzAnswer answer)
    {
        if (answer.Header("X-Request-Id") is not { } id)
        {
            return Array.IndexOf(BelowHttp, answer.Status) >= 0 && answer.Body.Length == 0 && (answer.Closes || request.Version == "HTTP/1.0") ? null : "neither ours nor Kestrel's";
        }
        if (!RequestId().IsMatch(id))
        {
            return "the request id could forge lines";
        }
        if (request.IsHead)
        {
            return null;
        }
        if (answer.Header("Content-Type") == "application/json" && AuthZen().IsMatch(request.Target))
        {
            return JsonDocument.Parse(answer.Body).RootElement is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > 0 ? null : "no message";
        }
        if (answer.Header("Content-Type") != "application/problem+json")
        {
            return "no problem";
        }
        var problem = JsonDocument.Parse(answer.Body).RootElement;
        var code = problem.GetProperty("code").GetString()!;
        return problem.GetProperty("status").GetInt32() != answer.Status ? "the problem tells another status"
            : code == "tenant_not_found" && !caller.MayWrite ? "it is told which tenants there are"
            : caller.Key.Length == 0 && code.EndsWith("not_found", StringComparison.Ordinal) && !request.IsRaw ? "nobody is told what there is"
            : !Codes.Contains(code) ? $"`{code}` is no code of the contract"
            : (code == "validation_failed") != problem.TryGetProperty("errors", out var errors) ? "fields are told with `validation_failed`, and only there"
            : code == "validation_failed" && errors.EnumerateObject().Any(field => field.Name.Length == 0 || field.Value.GetArrayLength() == 0) ? "a field without name or message"
            : problem.GetProperty("detail").GetString() is not { Length: > 0 } ? "no detail"
            : Described.Faults(Schema, problem).FirstOrDefault() is { } fault ? $"it is not as described: {fault}"
            : null;
    }

    private static string? Leak(FuzzAnswer answer, IReadOnlyList<string> secrets)
    {
        var text = answer.Body + string.Concat(answer.Headers.Select(header => header.Value));
        return secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal)) ? "a secret is told"
            : Inside().Match(text) is { Success: true } match ? $"the inside is told: {match.Value}"
            : answer.Headers.Any(header => header.Name.Equals("X-Injected", StringComparison.OrdinalIgnoreCase)) ? "a header was injected"
            : null;
    }

    [GeneratedRegex("/access/v1/|/\\.well-known/")]
    private static partial Regex AuthZen();

    [GeneratedRegex("^[!-~]{1,128}$")]
    private static partial Regex RequestId();

    // Of stack traces, exceptions, types and source files.
    [GeneratedRegex(@"[A-Za-z]Exception\b|\bAuthzCluster\.|\bSystem\.[A-Z]|\bMicrosoft\.[A-Z]|\.cs:line|\n   at |SQLite|/proc/|/home/")]
    private static partial Regex Inside();
}
