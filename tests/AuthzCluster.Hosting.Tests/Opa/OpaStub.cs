using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Hosting.Tests.Opa;

/// <summary>A server on a real socket that speaks Open Policy Agent's Data API: <c>POST /v1/data/PATH</c> answers what the document makes of the input.</summary>
public sealed class OpaStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _arrivals = new(0);
    private TaskCompletionSource? _held;
    private int _here, _mostHere;

    private OpaStub(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
            listen.Protocols = HttpProtocols.Http1;
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What it listens on.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The documents: by path, what each makes of an input; null: undefined.</summary>
    public ConcurrentDictionary<string, Func<JsonElement, object?>> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>What is answered in place of a document; null: the document.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>All that was asked: path, body, credential.</summary>
    public ConcurrentQueue<(string Path, string Body, string? Authorization)> Asked { get; } = new();

    /// <summary>The trace context of each of them, empty where it has none.</summary>
    public ConcurrentQueue<string> Traces { get; } = new();

    /// <summary>The most that were under way at once.</summary>
    public int MostHere => Volatile.Read(ref _mostHere);

    public static async Task<OpaStub> StartAsync(X509Certificate2? certificate = null)
    {
        var stub = new OpaStub(certificate);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>From here on it answers nobody, until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It answers again, those who wait first.</summary>
    public void Release() => Interlocked.Exchange(ref _held, null)?.SetResult();

    /// <summary>Until so many more questions have arrived.</summary>
    public async Task ArrivedAsync(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _arrivals.WaitAsync(TimeSpan.FromSeconds(60)), $"{count - i} questions did not arrive");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _arrivals.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var here = Interlocked.Increment(ref _here);
        for (var most = MostHere; here > most && Interlocked.CompareExchange(ref _mostHere, here, most) != most; most = MostHere)
        {
        }
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            Asked.Enqueue((context.Request.Path.Value!, body, context.Request.Headers.Authorization));
            Traces.Enqueue(context.Request.Headers.TraceParent.ToString());
            _arrivals.Release();
            if (_held is { } held)
            {
                await held.Task.WaitAsync(context.RequestAborted);
            }
            if (Instead is { } instead)
            {
                await instead(context);
                return;
            }
            using var asked = JsonDocument.Parse(body);
            var path = context.Request.Path.Value!["/v1/data/".Length..];
            var result = context.Request.Method == "POST" && Documents.TryGetValue(path, out var document) ? document(asked.RootElement.GetProperty("input")) : null;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(result is null ? "{}" : JsonSerializer.Serialize(new { result, decision_id = "1" }));
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }
}
