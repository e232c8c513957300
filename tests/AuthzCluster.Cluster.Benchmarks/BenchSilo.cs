using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>A silo over a SQLite file, in this process or as a process of its own.</summary>
internal sealed class BenchSilo : IDisposable
{
    /// <summary>The argument that makes this program a silo: data directory, silo port, gateway port.</summary>
    public const string Argument = "--serve-silo";

    /// <summary>How many have the permission that is asked about.</summary>
    public const int Users = 1024;

    private readonly Process _process;

    private BenchSilo(Process process, int gateway) => (_process, Gateway) = (process, gateway);

    /// <summary>The port for clients, on the loopback.</summary>
    public int Gateway { get; }

    /// <summary>The processor time it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one as a process of its own.</summary>
    public static async Task<BenchSilo> StartAsync(string data)
    {
        var (silo, gateway) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet", [typeof(BenchSilo).Assembly.Location, Argument, data, silo, gateway])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is "ready"
            ? new BenchSilo(process, int.Parse(gateway, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("the silo did not start");
    }

    /// <summary>Is a silo, until its input ends.</summary>
    public static async Task ServeAsync(string data, int silo, int gateway)
    {
        using var host = await StartHereAsync(data, silo, gateway);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    /// <summary>Starts one in this process.</summary>
    public static async Task<IHost> StartHereAsync(string data, int silo, int gateway)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(orleans => orleans
            .UseLocalhostClustering(silo, gateway)
            .UseInMemoryReminderService()
            .AddAuthzGrains(_ => new SqliteNodeStorage(data)));
        var host = builder.Build();
        await host.StartAsync();
        await SeedAsync(host.Services.GetRequiredService<NodeServices>());
        return host;
    }

    /// <summary>Who they are.</summary>
    public static string NameOf(int user) => $"user-{user}";

    /// <summary>A port that nobody listens on.</summary>
    public static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task SeedAsync(NodeServices services)
    {
        var caller = Caller.System("bench");
        Check(await services.Roles.CreateAsync(TenantId.Default, new RoleDraft { Id = "reader", Name = "reader", Permissions = ["invoice:read"] }, caller));
        await Parallel.ForAsync(0, Users, async (user, _) =>
            Check(await services.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(SubjectId.User(NameOf(user))), caller)));
    }

    private static void Check<T>(Result<T> result)
    {
        if (!result.IsOk)
        {
            throw new InvalidOperationException($"{result.Error}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }
}
