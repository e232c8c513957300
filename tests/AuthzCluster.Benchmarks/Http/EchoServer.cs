using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>The ceiling: a bare minimal API that reads a body and writes it back, as a process of its own.</summary>
internal sealed class EchoServer : IDisposable
{
    /// <summary>The argument that makes this program the echo itself.</summary>
    public const string Argument = "--serve-echo";

    private readonly Process _process;

    private EchoServer(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts it.</summary>
    public static async Task<EchoServer> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(EchoServer).Assembly.Location, Argument]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the echo did not start");
        return new EchoServer(process, new Uri(url));
    }

    /// <summary>Is the echo, until the process is ended.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/echo", async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = context.Request.ContentLength;
            await context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Task.Delay(Timeout.Infinite);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
