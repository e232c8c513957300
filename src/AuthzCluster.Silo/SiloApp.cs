using AuthzCluster.Actors.Ports;
using AuthzCluster.Grains;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.Hosting.Keys;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Tls;
using AuthzCluster.Silo.Configuration;
using AuthzCluster.Silo.Health;
using AuthzCluster.Silo.Storage;
using Npgsql;
using Orleans.Configuration;

namespace AuthzCluster.Silo;

/// <summary>A silo: its health is told from the first moment; it waits for the database, then joins the cluster. Dispose hands over and leaves.</summary>
public sealed class SiloApp : IAsyncDisposable
{
    private const string Invariant = "Npgsql";

    // Of Orleans' own connections. A database that does not answer must not hold the membership up for longer than the silo's own store is held up.
    private const int ConnectSeconds = 2, CommandSeconds = 5, MostConnections = 8, MissedAlives = 3;
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10), AliveEvery = TimeSpan.FromSeconds(5), DefunctAfter = TimeSpan.FromDays(1);

    private readonly HealthServer _health;
    private readonly IHost _host;

    private SiloApp(HealthServer health, IHost host) => (_health, _host) = (health, host);

    /// <summary>Where its health is told.</summary>
    public Uri HealthUrl => _health.Url;

    /// <summary>The callers' ports in this process, for who hosts a silo and asks it.</summary>
    public NodeServices Services => _host.Services.GetRequiredService<NodeServices>();

    /// <summary>Starts a silo. Waits for the database as long as it does not answer.</summary>
    /// <param name="options">Already checked.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="configure">What else the silo has; null: nothing.</param>
    /// <exception cref="StartRefusedException">It cannot start; nothing is left running.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended; nothing is left running.</exception>
    public static async Task<SiloApp> StartAsync(SiloOptions options, CancellationToken stop, Action<ISiloBuilder>? configure = null)
    {
        var certificates = ClusterCertificates.Read(options.Tls, ClusterTls.IsOf);
        Endpoints.Check(options);
        using var loggers = new ServiceCollection().AddConsoleLog().BuildServiceProvider();
        var storage = new PostgresStorage(options, loggers.GetRequiredService<ILogger<PostgresStorage>>());
        INodeHealth? node = null;
        FinalityState? finality = null;
        var health = await HealthServer.StartAsync(options.Address, options.HealthPort, () =>
            Volatile.Read(ref node) is { } started ? started.IsReady ? null : started.WriteProblem ?? "the silo is starting" : storage.WriteProblem ?? "the silo is starting",
            () => Volatile.Read(ref finality)?.Health);
        try
        {
            await storage.OpenAsync(stop);
            await new SilentMembers(options, AliveEvery * MissedAlives, loggers.GetRequiredService<ILogger<SilentMembers>>()).WaitAsync(stop);
            var host = Build(options, storage, certificates, configure);
            Volatile.Write(ref finality, host.Services.GetRequiredService<FinalityState>());
            Volatile.Write(ref node, host.Services.GetRequiredService<INodeHealth>());
            try
            {
                await host.StartAsync(stop);
                if (options.AdminKeyFile is { } file)
                {
                    await new AdminKey(file, host.Services.GetRequiredService<NodeServices>().ApiKeys).StartAsync(stop);
                }
            }
            catch
            {
                // Why it did not start is what matters, and not that what did not start cannot stop.
                await StopAsync(host, options.DrainTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
            return new SiloApp(health, host);
        }
        catch
        {
            await health.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_host, _host.Services.GetRequiredService<SiloOptions>().DrainTimeout);
        await _health.DisposeAsync();
    }

    private static IHost Build(SiloOptions options, PostgresStorage storage, ClusterCertificates? certificates, Action<ISiloBuilder>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddConsoleLog();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(new GrainsOptions
        {
            IdleTime = options.IdleTime, Finality = options.Finality, Opa = options.Opa, DecisionLog = options.DecisionLog, Webhooks = options.Webhooks,
        });
        builder.UseOrleans(silo =>
        {
            // Orleans' own tables are beside ours, and are asked for by their bare names.
            var database = new NpgsqlConnectionStringBuilder(options.Database)
            {
                SearchPath = "authz", Timeout = ConnectSeconds, CommandTimeout = CommandSeconds, CancellationTimeout = 1000, MaxPoolSize = MostConnections, TcpKeepAlive = true,
            }.ConnectionString;
            silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
            silo.Configure<ClusterMembershipOptions>(members =>
            {
                members.ProbeTimeout = options.ProbeTimeout;
                // Three times this without a word, and a silo that hangs with its connections open counts as silent. Not sooner: a large message holds up all behind it.
                members.MaxProbeTimeout = options.ProbeTimeout * 4;
                // What gossip did not bring is read within this; and by this the rows of silos that all died at once are told from those that live.
                members.TableRefreshTimeout = TableRefresh;
                members.IAmAliveTablePublishTimeout = AliveEvery;
                members.NumMissedTableIAmAliveLimit = MissedAlives;
                members.DefunctSiloExpiration = DefunctAfter;
            });
            silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Invariant, database));
            silo.UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (Invariant, database));
            silo.ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort);
            if (certificates is not null)
            {
                silo.UseTls(certificates.Own, tls => ClusterTls.Apply(tls, certificates.Own, certificates.Authority));
            }
            silo.AddAuthzGrains(_ => storage);
            configure?.Invoke(silo);
        });
        return builder.Build();
    }

    private static async Task StopAsync(IHost host, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        try
        {
            await host.StopAsync(end.Token);
        }
        finally
        {
            host.Dispose();
        }
    }
}
