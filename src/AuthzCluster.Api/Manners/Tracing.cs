using System.Diagnostics;
using AuthzCluster.Hosting.Processes;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Manners;

/// <summary>
/// W3C trace context. A request is an activity where its sender sent a valid <c>traceparent</c>, or somebody in the process listens;
/// every other request costs nothing. What is asked of others meanwhile carries it on (policy servers, and silos, who ask theirs), and failures of the request are logged with it.
/// </summary>
internal static class Tracing
{
    /// <summary>The name that listeners ask for.</summary>
    public const string SourceName = "AuthzCluster.Http";

    private const string Header = "traceparent", StateHeader = "tracestate";
    private const int LongestState = 512;
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The request's activity, under way, its id told to the sender; null: it has none.</summary>
    public static Activity? Begin(HttpContext http)
    {
        var parent = default(ActivityContext);
        var isSent = http.Request.Headers.TryGetValue(Header, out var sent) && sent is [{ } text]
            && ActivityContext.TryParse(text, StateOf(http), isRemote: true, out parent);
        if (!isSent && !Source.HasListeners())
        {
            return null;
        }
        var activity = isSent ? RemoteActivity.Begin(Source, "request", parent) : Source.StartActivity("request", ActivityKind.Server, parent);
        if (activity is not null)
        {
            http.Response.Headers[Header] = activity.Id;
        }
        return activity;
    }

    /// <summary>The request was answered.</summary>
    public static void End(Activity activity, string endpoint, int status)
    {
        if (activity.IsAllDataRequested)
        {
            activity.SetTag("http.route", endpoint).SetTag("http.response.status_code", status);
            activity.SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
        activity.Dispose();
    }

    private static string? StateOf(HttpContext http) =>
        http.Request.Headers.TryGetValue(StateHeader, out var state) && state.ToString() is { Length: <= LongestState } text ? text : null;
}
