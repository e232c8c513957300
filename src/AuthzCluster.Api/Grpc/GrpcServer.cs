using AuthzCluster.Api.Http;
using AuthzCluster.Api.Serving;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Grpc;

/// <summary>
/// Answers gRPC calls: each goes through the API as a request does, with the same credentials, places, rights and refusals; what differs is how messages and
/// errors are written, and that a call may have a deadline.
/// </summary>
/// <param name="api">The API.</param>
/// <param name="drain">Whether the process is about to stop.</param>
internal sealed class GrpcServer(AuthzApi api, Drain drain)
{
    private const string ContentType = "application/grpc";
    private const int MostWatchers = 1_000, MostStreams = 20_000, MostStreamsOfTenant = 10_000, MostStreamsOfOne = 5_000;

    /// <summary>Those who watch the health: anybody may, so there is a bound.</summary>
    public Places Watchers { get; } = new(MostWatchers, 0, TimeSpan.Zero);

    /// <summary>The streams of those with credentials.</summary>
    public OpenStreams Streams { get; } = new(MostStreams, MostStreamsOfTenant, MostStreamsOfOne);

    /// <summary>The API.</summary>
    public AuthzApi Api { get; } = api;

    /// <summary>Whether the process is about to stop.</summary>
    public Drain Drain { get; } = drain;

    /// <summary>Whether a request is a call.</summary>
    public static bool IsGrpc(HttpContext http) =>
        http.Request.ContentType is { } type && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] == ';' || type.AsSpan(ContentType.Length).StartsWith("+proto", StringComparison.OrdinalIgnoreCase))
        && HttpProtocol.IsHttp2(http.Request.Protocol) && HttpMethods.IsPost(http.Request.Method);

    /// <summary>Answers a call.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        using var call = new GrpcCall(http, this);
        http.Features.Set(call);
        http.Response.ContentType = ContentType;
        if (call.Fault is { } fault)
        {
            await call.FailAsync(fault);
            return;
        }
        var answer = Api.InvokeAsync(http);
        if (call.HasDeadline && !answer.IsCompleted)
        {
            // The caller hears of it at once; what is under way goes on to its end, as when a caller goes away.
            await answer.WaitAsync(call.Expired).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!answer.IsCompleted && !call.IsStream)
            {
                await call.ExpireAsync();
            }
        }
        await answer;
    }
}
