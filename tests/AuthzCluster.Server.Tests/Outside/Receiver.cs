using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Server.Tests.Outside;

/// <summary>A receiver of webhooks on a real socket.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Channel<Message> _taken = Channel.CreateUnbounded<Message>();

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.Single() + "/hook?token=hush";

    /// <summary>What is answered in place of 204.</summary>
    public Func<HttpContext, Message, Task>? Instead { get; set; }

    /// <summary>Paths that were asked for.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next message that came, whatever was answered.</summary>
    public async Task<Message> NextAsync() => await _taken.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Paths.Enqueue(http.Request.Path);
        var message = new Message(
            body.ToArray(), http.Request.ContentType!, http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString());
        http.Response.StatusCode = 204;
        var answer = Instead;
        if (answer is not null)
        {
            await answer(http, message);
        }
        _taken.Writer.TryWrite(message);
    }

    internal sealed record Message(byte[] Body, string ContentType, string Id, string Timestamp, string Signature)
    {
        public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

        public string RoleName => Json.GetProperty("data").GetProperty("role_name").GetString()!;
    }
}
