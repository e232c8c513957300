using System.Net;
using System.Text.Json;

namespace AuthzCluster.Client.Http;

/// <summary>Reads error answers: the API's own, and those of what may stand in between.</summary>
internal static class Problems
{
    public static AuthzFailure Read(HttpResponseMessage response, byte[] body, ApiCall call, DateTimeOffset now)
    {
        var problem = Parse(response, body);
        var status = response.StatusCode;
        return new AuthzFailure(problem?.Code ?? CodeOf(status), problem?.Detail ?? problem?.Title ?? $"the answer was {(int)status} {response.ReasonPhrase}")
        {
            Status = (int)status,
            RequestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null,
            Fields = problem?.Errors?.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal)
                ?? new Dictionary<string, IReadOnlyList<string>>(),
            RetryAfter = RetryAfter(response, now),
            IdempotencyKey = call.IdempotencyKey,
        };
    }

    /// <summary>Of an answer that is none: told apart from errors, for it is no error of the server's.</summary>
    public static AuthzException Invalid(string message, ApiCall call, Exception? cause = null) => AuthzException.Of(
        new AuthzFailure(AuthzFailure.InvalidAnswer, $"{call.Method} {call.Path}: {message}") { IdempotencyKey = call.IdempotencyKey, Cause = cause });

    private static ProblemWire? Parse(HttpResponseMessage response, byte[] body)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.ProblemWire);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Of a proxy, or of the server below its API. A bare 404 says nothing of roles: it may be the wrong address.
    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => "validation_failed",
        HttpStatusCode.Unauthorized => "unauthenticated",
        HttpStatusCode.Forbidden => "forbidden",
        HttpStatusCode.NotFound => "not_found",
        HttpStatusCode.TooManyRequests => "rate_limited",
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => AuthzFailure.Unavailable,
        _ => AuthzFailure.InvalidAnswer,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
