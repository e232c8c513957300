using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>The ceiling of calls: what takes a message in and sends it back with a good status, and does nothing else, as a process of its own.</summary>
internal sealed class GrpcEcho : IDisposable
{
    /// <summary>The argument that makes this program the echo itself.</summary>
    public const string Argument = "--serve-grpc-echo";

    private readonly Process _process;

    private GrpcEcho(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts it.</summary>
    public static async Task<GrpcEcho> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(GrpcEcho).Assembly.Location, Argument]) { RedirectStandardOutput = true })!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the echo did not start");
        return new GrpcEcho(process, new Uri(url));
    }

    /// <summary>Is the echo, until the process is ended.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.Run(EchoAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task EchoAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        http.Response.ContentType = "application/grpc";
        while (true)
        {
            var result = await reader.ReadAsync();
            foreach (var part in result.Buffer)
            {
                http.Response.BodyWriter.Write(part.Span);
            }
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }
        http.Response.AppendTrailer("grpc-status", "0");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
