using AuthzCluster.Http.Tests.Support;
using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Server.Tests.Support;

/// <summary>A real server with a clock that stands still, on a data directory of its own that outlives it; keeps all that it logs.</summary>
internal sealed class KeyServer : ILoggerProvider, ILogger, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ServerApp? _app;
    private HttpClient? _http;

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

    public ConcurrentQueue<string> Log { get; } = new();

    public string Data => _directory.Path;

    public string AdminKeyPath => Path.Combine(Data, "admin.key");

    /// <summary>With the admin key of when the server was started.</summary>
    public ApiClient Api => new(_http!, "");

    public static async Task<KeyServer> StartedAsync()
    {
        var server = new KeyServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again where it runs.</summary>
    public async Task StartAsync()
    {
        await StopAsync();
        _app = await ServerApp.StartAsync(new ServerOptions { Data = Data, Http = new() { Port = 0 } }, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        });
        _http = new HttpClient { BaseAddress = _app.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(AdminKeyPath)).Trim());
    }

    public async Task StopAsync()
    {
        _http?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>A client for a tenant, made if it is another than <c>default</c>.</summary>
    public async Task<ApiClient> TenantAsync(string id)
    {
        (await Api.PostAsync("/api/v1/tenants", new { id })).Is(201);
        return new ApiClient(_http!, $"/tenants/{id}") { Tenant = id };
    }

    public ApiClient In(string tenant, string token) => new(_http!, $"/tenants/{tenant}") { Tenant = tenant, Token = token };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue($"{formatter(state, exception)} {exception}");
}
