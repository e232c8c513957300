using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Keys;
using System.Net.Sockets;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api;
using AuthzCluster.Embedded;
using AuthzCluster.Server.Configuration;
using AuthzCluster.Server.Keys;
using AuthzCluster.Storage;
using AuthzCluster.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AuthzCluster.Server;

/// <summary>The whole server: the API over the embedded host, listening. Dispose stops it, cleanly.</summary>
public sealed class ServerApp : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly WebApplication _web;

    private ServerApp(WebApplication web, string adminKeyPath)
    {
        _web = web;
        AdminKeyPath = adminKeyPath;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The file that holds the admin key.</summary>
    public string AdminKeyPath { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Already checked.</param>
    /// <param name="configure">Services that take the place of the usual ones; null: none.</param>
    /// <exception cref="StartRefusedException">It cannot start; nothing is left running.</exception>
    public static async Task<ServerApp> StartAsync(ServerOptions options, Action<IServiceCollection>? configure = null)
    {
        JwtRules.Check(options.Jwt);
        var directory = MakeDirectory(options.Data);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddEmbeddedAuthz(new EmbeddedOptions { DataDirectory = directory, IdleTime = options.IdleTime });
        builder.Services.AddAuthzApi(new ApiOptions { PageTokenKey = PageTokenKey.Read(directory), Jwt = options.Jwt, BodyMemory = options.BodyMemory * 1024L * 1024 });
        builder.Services.AddHostedService(services => new AdminKey(Path.Combine(directory, AdminKey.FileName), services.GetRequiredService<IApiKeys>()));
        HttpSetup.Apply(builder, options);
        configure?.Invoke(builder.Services); // last, since of two services the later is taken
        var web = builder.Build();
        web.UseAuthzApi();
        try
        {
            await web.StartAsync();
        }
        catch (Exception e)
        {
            await web.StopAsync();
            await web.DisposeAsync();
            throw Refusal(e, options, directory) is { } line ? new StartRefusedException(line, e) : e;
        }
        return new ServerApp(web, Path.Combine(directory, AdminKey.FileName));
    }

    /// <summary>Waits until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync() => _web.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

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

    private static string? Refusal(Exception e, ServerOptions options, string directory) => e switch
    {
        DataDirectoryInUseException => $"--data: another process uses `{directory}`",
        StoreRefusedException => $"--data: {e.Message}",
        IOException { InnerException: AddressInUseException } => $"--port: {options.Port} is in use on {options.Address}",
        AddressInUseException => $"--port: {options.Port} is in use on {options.Address}",
        SocketException or IOException { InnerException: SocketException } => $"--address: cannot listen on {options.Address}:{options.Port}: {e.Message}",
        _ => null,
    };
}
