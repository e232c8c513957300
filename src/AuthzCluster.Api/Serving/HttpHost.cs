using System.Net;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Api.Serving;

/// <summary>The API over the ports of a host, listening. Dispose stops it, cleanly.</summary>
public sealed class HttpHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private Task? _stop;

    private HttpHost(WebApplication web) => _web = web;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Url => AddressesOf(_web)[0];

    /// <summary>Where gRPC is: the port without TLS, or where there is none and the other speaks TLS, that; null: it is off.</summary>
    public Uri? GrpcUrl => AddressesOf(_web) is [_, var grpc] ? grpc : Url.Scheme == Uri.UriSchemeHttps ? Url : null;

    /// <summary>Starts it: the host's services first, then the listening.</summary>
    /// <param name="serving">How requests are taken in.</param>
    /// <param name="pageTokenKey">Signs the tokens of lists: see <see cref="ApiOptions.PageTokenKey"/>.</param>
    /// <param name="addPorts">Adds the ports of <see cref="ApiPorts"/>, and what has to run for them.</param>
    /// <param name="refusal">What of the host's own kept it from starting, in one line that names the option; null: nothing it knows.</param>
    /// <exception cref="StartRefusedException">It cannot start; nothing is left running.</exception>
    public static async Task<HttpHost> StartAsync(
        HttpServing serving, Func<byte[]> pageTokenKey, Action<IServiceCollection> addPorts, Func<Exception, string?> refusal)
    {
        JwtRules.Check(serving.Jwt);
        if (serving.OpenGrpcPort is { } grpcPort && (grpcPort > IPEndPoint.MaxPort || (grpcPort != 0 && grpcPort == serving.Port)))
        {
            throw new StartRefusedException($"--grpc-port: {grpcPort} cannot be, beside --port {serving.Port}: choose one, or off");
        }
        if (serving is { RateBurst: > 0, RateLimit: 0 })
        {
            throw new StartRefusedException("--rate-burst is what --rate-limit lets through at once after a rest: give that too");
        }
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddConsoleLog();
        WebApplication? web = null;
        builder.Services.AddAuthzApi(new ApiOptions
        {
            PublicUrl = () => serving.PublicUrl ?? AddressesOf(web!)[0],
            PageTokenKey = pageTokenKey,
            Jwt = serving.Jwt,
            BodyMemory = serving.BodyMemory * 1024L * 1024,
            MaxRequests = serving.MaxRequests,
            MaxQueue = serving.MaxQueue,
            QueueTime = serving.QueueTime,
            RequestTimeout = serving.RequestTimeout,
            RateLimit = serving.RateLimit,
            RateBurst = serving.RateBurst,
            CorsOrigins = serving.CorsOrigins,
            MetricsOpen = serving.MetricsOpen,
        });
        HttpSetup.Apply(builder, serving);
        addPorts(builder.Services); // last, since of two services the later is taken
        web = builder.Build();
        web.UseAuthzApi();
        try
        {
            await web.StartAsync();
        }
        catch (Exception e)
        {
            await web.StopAsync();
            await web.DisposeAsync();
            throw (refusal(e) ?? HttpRefusal.Of(e, serving)) is { } line ? new StartRefusedException(line, e) : e;
        }
        return new HttpHost(web);
    }

    /// <summary>Waits until the process is asked to stop, and has stopped. Asked again meanwhile, it waits for no requests.</summary>
    public async Task WaitForShutdownAsync()
    {
        var drain = _web.Services.GetRequiredService<Drain>();
        using var second = new SecondSignal(drain.Hurry);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = _web.Lifetime.ApplicationStopping.Register(asked.SetResult);
        await asked.Task;
        await StopAsync(drain.Hurried);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await _web.DisposeAsync();
    }

    // In the order in which they were bound.
    private static IReadOnlyList<Uri> AddressesOf(WebApplication web) =>
        [.. web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    private Task StopAsync(CancellationToken hurried) => _stop ??= _web.StopAsync(hurried);
}
