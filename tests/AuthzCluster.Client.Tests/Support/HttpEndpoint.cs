using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Client.Tests.Support;

/// <summary>A real HTTP endpoint that answers as the test says: first, second and so on; the last answer goes on for ever.</summary>
internal sealed class HttpEndpoint : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Func<HttpContext, Task>[] _answers;
    private int _count;

    private HttpEndpoint(WebApplication web, Func<HttpContext, Task>[] answers) => (_web, _answers) = (web, answers);

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<HttpEndpoint> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var endpoint = new HttpEndpoint(builder.Build(), answers);
        endpoint._web.Run(endpoint.AnswerAsync);
        await endpoint._web.StartAsync();
        return endpoint;
    }

    /// <summary>Answers with a JSON body; headers as <c>Name: value</c>.</summary>
    public static Func<HttpContext, Task> Json(int status, string body, params string[] headers) => http =>
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, status < 400 ? "application/json" : "application/problem+json");
        foreach (var header in headers.Select(header => header.Split(": ")))
        {
            http.Response.Headers[header[0]] = header[1];
        }
        return body.Length == 0 ? Task.CompletedTask : http.Response.WriteAsync(body); // nothing is to be written to a 204
    };

    /// <summary>Answers with an error of the API.</summary>
    public static Func<HttpContext, Task> Problem(int status, string code, params string[] headers) =>
        Json(status, $$"""{"code":"{{code}}","title":"t","detail":"the detail","status":{{status}}}""", headers);

    /// <summary>Closes the connection without an answer.</summary>
    public static Task Close(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Passes the request on to a server, and gives its answer; or, where it is to be lost, closes the connection in its place.</summary>
    public static Func<HttpContext, Task> Pass(Uri to, bool isLost = false) => async http =>
    {
        using var client = new HttpClient();
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(to, target)) { Content = new StreamContent(http.Request.Body) };
        foreach (var header in http.Request.Headers.Where(header => header.Key is not "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            }
        }
        using var response = await client.SendAsync(request);
        if (isLost)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(http.Response.Body);
    };

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue(Seen.Of(http));
        return _answers[Math.Min(Interlocked.Increment(ref _count), _answers.Length) - 1](http);
    }
}
