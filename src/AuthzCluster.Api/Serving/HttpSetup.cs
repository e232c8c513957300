using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Api.Serving;

/// <summary>How requests are taken in. The API checks sizes and types itself; what is set here are the outer bounds.</summary>
internal static class HttpSetup
{
    // Ids of 256 characters, each of up to four bytes and percent-encoded, several in a path, and a scope in the query.
    private const int LongestRequestLine = 32 * 1024;

    // Bytes a second. Kestrel counts an answer as under way until it is read at this rate: at its usual 240, whoever reads
    // nothing would be waited for half an hour for each half megabyte that the sockets' buffers take.
    private const int LowestBodyRate = 240, LowestAnswerRate = 16 * 1024;

    // What the system takes of an answer that nobody reads; unbounded it is megabytes of each.
    private const int SendBuffer = 128 * 1024;

    // Longer than the minute that most balancers keep theirs, so that the server is not the one who closes.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(75);

    // Of one connection of HTTP/2, which many callers of a process share.
    private const int StreamsOfConnection = 1_024;

    // A connection with nothing but idle streams is asked whether its other end is still there.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30), PingTimeout = TimeSpan.FromSeconds(20);

    // What a stop may take beyond the drain: what does not end when it is cut off is not waited for.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    public static void Apply(WebApplicationBuilder builder, HttpServing serving)
    {
        var connections = new OpenConnections();
        var certificate = HttpsCertificates.Read(serving);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The API's limits are below; with one here, the connection of a larger body would be cut before its sender could read the 413.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * LongestRequestLine;
            kestrel.Limits.MaxConcurrentConnections = Connections(serving);
            kestrel.Limits.RequestHeadersTimeout = serving.Patience;
            kestrel.Limits.KeepAliveTimeout = KeepAlive;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(LowestBodyRate, serving.Patience);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(LowestAnswerRate, serving.Patience);
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsOfConnection;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = LongestRequestLine;
            kestrel.Limits.Http2.KeepAlivePingDelay = PingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
            kestrel.Listen(serving.Address, serving.Port, listen =>
            {
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                listen.Use(next => connection => connections.ServeAsync(connection, next));
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
            if (serving.OpenGrpcPort is { } grpcPort)
            {
                kestrel.Listen(serving.Address, grpcPort, listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    listen.Use(next => connection => connections.ServeAsync(connection, next));
                });
            }
        });
        // What is accepted has the buffers of what listens.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = SendBuffer;
            return socket;
        });
        AddDrain(builder.Services, serving, connections);
        // A failed request is told by the API. Off, it also spares every request an activity.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    private static void AddDrain(IServiceCollection services, HttpServing serving, OpenConnections connections)
    {
        services.AddSingleton(host => new Listeners(ActivatorUtilities.CreateInstance<SocketTransportFactory>(host)));
        services.AddSingleton<IConnectionListenerFactory>(host => host.GetRequiredService<Listeners>());
        services.AddHostedService(host => new DrainSteps(serving, host.GetRequiredService<Drain>(), host.GetRequiredService<Listeners>(), connections));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = serving.DrainDelay + serving.DrainTimeout + StopMargin);
    }

    /// <summary>How many connections are kept at once. Out of file handles a process can neither accept nor store: they end before that.</summary>
    public static int Connections(HttpServing serving) => OpenFiles.Limit() is { } files
        ? (int)Math.Clamp(files - OpenFiles.Reserve, 1, serving.MaxConnections)
        : serving.MaxConnections;
}
