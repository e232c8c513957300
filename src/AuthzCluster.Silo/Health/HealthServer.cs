using System.Net;
using System.Text.Json;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Metrics;
using AuthzCluster.Hosting.Processes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AuthzCluster.Silo.Health;

/// <summary><c>/health/live</c>, <c>/health/ready</c>, <c>/health/finality</c> and <c>/metrics</c> of a silo: they look at this process's memory alone, never at grains or the database.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    // Durations as hh:mm:ss.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly WebApplication _web;

    private HealthServer(WebApplication web) => _web = web;

    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts it.</summary>
    /// <param name="address">Where to listen.</param>
    /// <param name="port">The port; 0: any free one.</param>
    /// <param name="problem">What keeps the silo from answering questions, in one line; null: nothing.</param>
    /// <param name="finality">How its lease and its announcements stand; null: there are none yet.</param>
    /// <exception cref="StartRefusedException">The port is in use.</exception>
    public static async Task<HealthServer> StartAsync(IPAddress address, int port, Func<string?> problem, Func<FinalityHealth?> finality)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddConsoleLog();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton<InstrumentListener>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        var web = builder.Build();
        var instruments = web.Services.GetRequiredService<InstrumentListener>(); // from now on, not from the first scrape
        web.Run(http => http.Request.Path.Value?.TrimEnd('/') == "/metrics" ? TellFiguresAsync(http, instruments) : AnswerAsync(http, problem, finality));
        try
        {
            await web.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await web.DisposeAsync();
            throw new StartRefusedException($"--health-port: {port} is in use on {address}", e);
        }
        return new HealthServer(web);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private static async Task TellFiguresAsync(HttpContext http, InstrumentListener instruments)
    {
        var text = new MetricsText();
        instruments.Write(text);
        http.Response.ContentType = MetricsText.ContentType;
        await http.Response.Body.WriteAsync(text.ToBytes());
    }

    private static Task AnswerAsync(HttpContext http, Func<string?> problem, Func<FinalityHealth?> finality)
    {
        if (http.Request.Path.Value?.TrimEnd('/') == "/health/finality" && finality() is { } health)
        {
            return http.Response.WriteAsJsonAsync(health, Json);
        }
        var (status, text) = http.Request.Path.Value?.TrimEnd('/') switch
        {
            "/health/live" => (StatusCodes.Status200OK, "live"),
            "/health/ready" => problem() is { } why ? (StatusCodes.Status503ServiceUnavailable, why) : (StatusCodes.Status200OK, "ready"),
            _ => (StatusCodes.Status404NotFound, "there are /health/live, /health/ready, /metrics and, once the silo is built, /health/finality"),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text + "\n");
    }
}
