using System.Globalization;
using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Repeats;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthzCluster.Api.Grpc;

/// <summary>A call as the request that does it, asked within the process: judged, done, kept for repeats and recorded as any.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and the query.</param>
/// <param name="Body">The body, with the same names; null: none.</param>
internal sealed record InnerRequest(string Method, string Target, IMessage? Body = null)
{
    // What a call says of itself as a request does.
    private static readonly string[] Taken = ["Authorization", "X-Tenant-Id", RepeatDoor.Header];
    private const string Replayed = "Idempotency-Replayed";

    /// <summary>The version that is to be changed; null: any.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Has it answered: the body, or what went wrong.</summary>
    public async Task<(string Body, Problem? Problem)> AnswerAsync(ApiRequest outer, AuthzApi api)
    {
        using var answer = new MemoryStream();
        var http = Made(outer, answer);
        await api.AnswerInnerAsync(http);
        await http.Response.CompleteAsync();
        if (http.Response.Headers.TryGetValue(Replayed, out var replayed))
        {
            outer.Http.Response.Headers[Replayed] = replayed;
        }
        var text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        return http.Response.StatusCode is >= 200 and <= 299 ? (text, null) : ("", ProblemOf(http.Response, text));
    }

    private DefaultHttpContext Made(ApiRequest outer, MemoryStream answer)
    {
        var http = new DefaultHttpContext { RequestAborted = outer.Http.RequestAborted };
        http.Request.Method = Method;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = Target;
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        foreach (var name in Taken)
        {
            if (outer.Http.Request.Headers.TryGetValue(name, out var values))
            {
                http.Request.Headers[name] = values;
            }
        }
        http.Request.Headers["X-Request-Id"] = outer.RequestId;
        if (IfVersion is { } version)
        {
            http.Request.Headers.IfMatch = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        }
        if (Body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(JsonMessages.Write(Body));
            http.Request.ContentType = MediaTypes.Json;
            http.Request.ContentLength = bytes.Length;
            http.Request.Body = new MemoryStream(bytes);
        }
        return http;
    }

    // Nothing at all: the caller has gone, and nobody will read this.
    private static Problem ProblemOf(HttpResponse response, string text)
    {
        if (text.Length == 0)
        {
            return Problem.Internal();
        }
        using var json = JsonDocument.Parse(text);
        var body = json.RootElement;
        return new Problem(response.StatusCode, body.GetProperty("code").GetString()!, body.GetProperty("title").GetString()!, body.GetProperty("detail").GetString()!)
        {
            Errors = body.TryGetProperty("errors", out var errors)
                ? [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(message => new FieldError(field.Name, message.GetString()!)))] : [],
            Holders = body.TryGetProperty("holders", out var holders) ? [.. holders.EnumerateArray().Select(Holder)] : [],
            HolderCount = body.TryGetProperty("holders_total", out var total) ? total.GetInt32() : 0,
            RetryAfter = int.TryParse(response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        };
    }

    private static ConflictHolder Holder(JsonElement holder)
    {
        var principal = holder.GetProperty("principal");
        return new(
            new SubjectId(principal.GetProperty("type").GetString()!, principal.GetProperty("id").GetString()!), holder.GetProperty("constraint").GetString()!,
            [.. holder.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)]);
    }
}
