using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Api.Serving;
using AuthzCluster.Embedded;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Keys;
using AuthzCluster.Storage;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Server;

/// <summary>The whole server: the API over the embedded host, listening. Dispose stops it, cleanly.</summary>
public sealed class ServerApp : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly HttpHost _host;

    private ServerApp(HttpHost host, string adminKeyPath)
    {
        _host = host;
        AdminKeyPath = adminKeyPath;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Url => _host.Url;

    /// <summary>Where gRPC is, such as <c>http://127.0.0.1:8081</c>; null: it is off.</summary>
    public Uri? GrpcUrl => _host.GrpcUrl;

    /// <summary>The file that holds the admin key.</summary>
    public string AdminKeyPath { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Already checked.</param>
    /// <param name="configure">Services that take the place of the usual ones; null: none.</param>
    /// <exception cref="StartRefusedException">It cannot start; nothing is left running.</exception>
    public static async Task<ServerApp> StartAsync(ServerOptions options, Action<IServiceCollection>? configure = null)
    {
        JwtRules.Check(options.Http.Jwt); // before anything is made
        options.Opa.Checked();
        options.DecisionLog.Checked();
        var directory = MakeDirectory(options.Data);
        var pageTokenKey = PageTokenKey.Read(directory);
        var adminKey = Path.Combine(directory, AdminKey.FileName);
        var host = await HttpHost.StartAsync(options.Http, () => pageTokenKey, AddPorts, e => Refusal(e, directory));
        return new ServerApp(host, adminKey);

        void AddPorts(IServiceCollection services)
        {
            services.AddEmbeddedAuthz(new EmbeddedOptions
            {
                DataDirectory = directory, IdleTime = options.IdleTime, Opa = options.Opa, Vault = options.Vault, DecisionLog = options.DecisionLog, Webhooks = options.Webhooks,
            });
            services.AddHostedService(provider => new AdminKey(adminKey, provider.GetRequiredService<IApiKeys>()));
            configure?.Invoke(services);
        }
    }

    /// <summary>Waits until the process is asked to stop, and has stopped.</summary>
    public Task WaitForShutdownAsync() => _host.WaitForShutdownAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string MakeDirectory(string data)
    {
        try
        {
            // What is made here is its owner's; a directory that is there keeps the rights that it was given.
            return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(data) : Directory.CreateDirectory(data, OwnerOnly)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException($"--data: the directory `{data}` cannot be made: {e.Message}", e);
        }
    }

    private static string? Refusal(Exception e, string directory) => e switch
    {
        DataDirectoryInUseException => $"--data: another process uses `{directory}`",
        StoreRefusedException => $"--data: {e.Message}",
        StoreUnavailableException => $"--data: {e.Message}",
        _ => null,
    };
}
