using System.Globalization;
using System.Text;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>
/// What happens, as server-sent events: each has its sequence as its id, so that a reader that comes back goes on where it was. Ends when the process stops, the caller may not any
/// more, or storage does not answer; readers connect again by themselves. With <c>follow=false</c>: behind what has happened.
/// </summary>
internal static class EventEndpoints
{
    private const string ResumeHeader = "Last-Event-ID";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500), JudgeEvery = TimeSpan.FromSeconds(5), BeatEvery = TimeSpan.FromSeconds(15);

    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/api/v1/events", StreamAsync, Rights.EventsRead) { Resumes = true, Feature = Feature.Always, Query = ["from", "types", "follow"] },
    ];

    private static async Task StreamAsync(ApiRequest request)
    {
        var (after, types, _) = (After(request), Types(request), request.Query.Flag("follow"));
        var showsPolicies = await PolicyEndpoints.MayReadAsync(request);
        // First where the log ends: all that was acknowledged is in it then.
        var slice = ApiRequest.Ok(await request.Ports.Events.FollowAsync(request.Tenant, null, showsPolicies));
        slice = after is null ? slice : ApiRequest.Ok(await request.Ports.Events.FollowAsync(request.Tenant, after, showsPolicies));
        var (rules, caller) = (request.Stream!, request.Caller.Principal);
        if (!rules.Streams.TryOpen(request.Tenant, caller))
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.RateLimited, "too many event streams are open")));
        }
        try
        {
            // It lasts: others are handled meanwhile.
            request.StepAside();
            await WriteAsync(request, slice, types, showsPolicies);
        }
        catch (OperationCanceledException) when (request.Http.RequestAborted.IsCancellationRequested)
        {
            // The reader is gone, or reads nothing and was cut off.
        }
        finally
        {
            rules.Streams.Close(request.Tenant, caller);
        }
    }

    private static async Task WriteAsync(ApiRequest request, EventSlice slice, string[] types, bool showsPolicies)
    {
        var (http, rules, time, gone) = (request.Http, request.Stream!, TimeProvider.System, request.Http.RequestAborted);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync(http, ": events\n\n");
        var (judged, sent) = (time.GetTimestamp(), time.GetTimestamp());
        var follows = request.Query.Flag("follow", otherwise: true);
        while (!HttpMethods.IsHead(http.Request.Method))
        {
            var text = new StringBuilder();
            foreach (var one in slice.Events.Where(one => types.Length == 0 || types.Any(pattern => EventTypes.Matches(pattern, one.Type))))
            {
                text.Append(CultureInfo.InvariantCulture, $"id: {one.Sequence}\nevent: {one.Type}\ndata: {one.Json}\n\n");
            }
            if (text.Length == 0 && time.GetElapsedTime(sent) >= BeatEvery)
            {
                text.Append(": still here\n\n");
            }
            if (text.Length > 0)
            {
                await SendAsync(http, text.ToString());
                sent = time.GetTimestamp();
            }
            if (!slice.IsMore)
            {
                if (!follows)
                {
                    return;
                }
                await Task.Delay(LookEvery, time, gone);
            }
            if (rules.IsStopping())
            {
                return;
            }
            if (time.GetElapsedTime(judged) >= JudgeEvery)
            {
                if (!await rules.IsAdmittedAsync())
                {
                    return;
                }
                judged = time.GetTimestamp();
                showsPolicies = await PolicyEndpoints.MayReadAsync(request);
            }
            var next = await request.Ports.Events.FollowAsync(request.Tenant, slice.Last, showsPolicies);
            if (!next.IsOk)
            {
                return;
            }
            slice = next.Value;
        }
    }

    // Whoever does not read is cut off by the server's own rule: what is written must leave at a rate.
    private static async Task SendAsync(HttpContext http, string text)
    {
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static long? After(ApiRequest request)
    {
        if (request.Http.Request.Headers.TryGetValue(ResumeHeader, out var last) && last.ToString() is { Length: > 0 } id)
        {
            return Sequence(id, ResumeHeader);
        }
        // The first that is wanted, and not the last that was had.
        return request.Query.Text("from") is { } from ? Math.Max(Sequence(from, "from") - 1, 0) : null;
    }

    private static long Sequence(string text, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence < long.MaxValue
            ? sequence : throw ProblemException.Invalid(field, "must be the sequence of an event, or 0");

    private static string[] Types(ApiRequest request)
    {
        var types = request.Query.Text("types")?.Split(',') ?? [];
        return Array.Find(types, pattern => EventTypes.PatternProblem(pattern) is not null) is { } wrong
            ? throw ProblemException.Invalid("types", $"`{wrong}` {EventTypes.PatternProblem(wrong)}") : types;
    }
}
