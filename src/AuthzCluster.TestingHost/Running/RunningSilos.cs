using AuthzCluster.Actors.Storage;
using AuthzCluster.Client;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Client.Orleans.Connecting;
using AuthzCluster.Grains;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Finality;
using AuthzCluster.TestingHost.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace AuthzCluster.TestingHost.Running;

/// <summary>The silos of a test cluster, and the client.</summary>
internal sealed class RunningSilos : IAsyncDisposable
{
    private const int DueAtOnce = 256, MostBuilds = 20;

    // Patient: on a machine that runs many tests at once a silo that is late is not lost.
    private static readonly FinalityOptions Finality = new() { Duration = TimeSpan.FromSeconds(20), Confirmation = TimeSpan.FromSeconds(10) };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AuthzTestOptions _options;
    private readonly OpenStorage _storage;
    private readonly TimeProvider _time;
    private readonly InProcessTestCluster _cluster;
    private IActorStore _states;
    private IAuditStore _audit;

    public RunningSilos(AuthzTestOptions options, OpenStorage storage, WriteFaults faults, TimeProvider time)
    {
        (_options, _storage, _time) = (options, storage, time);
        (_states, _audit) = (storage.States, storage.Audit);
        var builder = new InProcessTestClusterBuilder((short)options.Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new SiloClock(time));
            // Ids are ordered by when they were really made: the clock stands still.
            silo.Services.AddSingleton<Actors.Ports.IIdSource>(new OrderedIds(TimeProvider.System));
            silo.Services.AddSingleton(new GrainsOptions { TrustsClients = true, Finality = Finality });
            foreach (var condition in options.Conditions)
            {
                silo.Services.AddCustomCondition(condition);
            }
            silo.UseInMemoryReminderService();
            silo.AddAuthzGrains(_ => new SiloStorage(_states, _audit, storage.Leases, () => storage.WriteProblem, faults));
            if (options.Log is { } log)
            {
                silo.Services.AddLogging(logging => logging.AddProvider(log));
            }
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddAuthzWire();
            // Silos come and go within seconds here.
            client.Services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
        });
        _cluster = Build(builder);
        AdminKey = new AdminKey(() => Ports!);
    }

    public IClusterClient Client => _cluster.Client;

    /// <summary>By way of the client; null: it does not run.</summary>
    public ClusterPorts? Ports { get; private set; }

    /// <summary>The service's own clients, by way of the client, with the administrator's key.</summary>
    public TenantCalls Calls { get; private set; } = null!;

    /// <summary>The administrator's key.</summary>
    public AdminKey AdminKey { get; }

    public int Count => _cluster.Silos.Count;

    /// <summary>Where they are, in the order of their start.</summary>
    public IList<SiloAddress> Addresses => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    /// <summary>What the silos say of themselves.</summary>
    public IReadOnlyList<Actors.Ports.INodeHealth> Health =>
        [.. _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<Actors.Ports.INodeHealth>())];

    public async Task StartAsync()
    {
        Wrap();
        await _cluster.DeployAsync();
        await SettleAsync();
        Connect();
    }

    /// <summary>Stops all silos, or lets them crash, and starts as many anew on the same storage, with a new client.</summary>
    public async Task RestartAsync(bool isCrash)
    {
        var count = Count;
        if (!isCrash && Ports is { } ports)
        {
            await ports.KeyUses.WriteAsync();
        }
        Ports = null;
        await Task.WhenAll(_cluster.Silos.Select(silo => isCrash ? CrashAsync(silo) : _cluster.StopSiloAsync(silo)));
        Wrap();
        await _cluster.StartSilosAsync(count);
        await SettleAsync();
        await _cluster.InitializeClientAsync();
        Connect();
    }

    public async Task KillAsync(int index)
    {
        await CrashAsync(OneOfMany(index));
        await SettleAsync();
    }

    public async Task StopAsync(int index)
    {
        await _cluster.StopSiloAsync(OneOfMany(index));
        await SettleAsync();
    }

    public async Task AddAsync()
    {
        await _cluster.StartAdditionalSiloAsync();
        await SettleAsync();
    }

    /// <summary>Does all that is due by now. The silos' own look for it may do some of it meanwhile: that is harmless.</summary>
    public async Task DoDueWorkAsync()
    {
        var work = _cluster.Silos[0].ServiceProvider.GetRequiredService<NodeServices>().DueWork;
        while (await _states.ReadDueAsync(_time.GetUtcNow(), DueAtOnce) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (await work.RunAsync(new ActorKey(row.Member), CancellationToken.None) is { } error)
                {
                    throw new InvalidOperationException($"what is due of {row.Member} cannot be done: {error.Detail}");
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Calls?.Connection.Dispose();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private InProcessSiloHandle OneOfMany(int index) => Count > 1
        ? _cluster.Silos[index]
        : throw new InvalidOperationException("the last silo of a test cluster stays");

    // Looks for ports by chance, and gives up too early while others start clusters too.
    private static InProcessTestCluster Build(InProcessTestClusterBuilder builder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return builder.Build();
            }
            catch (InvalidOperationException) when (attempt < MostBuilds)
            {
            }
        }
    }

    private async Task CrashAsync(InProcessSiloHandle silo)
    {
        ((SiloStorage)silo.ServiceProvider.GetRequiredService<INodeStorage>()).Cut();
        await _cluster.KillSiloAsync(silo);
        // Nobody can ask it any more: its lease need not be waited for.
        foreach (var row in await _storage.Leases.ListAsync())
        {
            if (row.Node == silo.SiloAddress.ToParsableString())
            {
                await _storage.Leases.LeaveAsync(row.Id);
            }
        }
    }

    private void Wrap() => (_states, _audit) = (_options.WrapStore(_storage.States), _options.WrapAudit(_storage.Audit));

    private void Connect()
    {
        Ports = new ClusterPorts(() => Client, new ClusterCallOptions(), new OrderedIds(TimeProvider.System), _time);
        Calls?.Connection.Dispose();
        var options = new AuthzClusterGrainOptions { ApiKeyProvider = _ => new(AdminKey.ReadAsync()), Timeout = Patience };
        Calls = new TenantCalls(new GrainConnection(new HostLink(Client), options, _time), options.Tenant);
    }

    // Until each silo sees those that run as active, and no others.
    private async Task SettleAsync()
    {
        var running = Addresses.ToHashSet();
        await Task.WhenAll(_cluster.Silos.Select(async silo =>
        {
            using var patience = new CancellationTokenSource(Patience);
            var members = silo.ServiceProvider.GetRequiredService<IClusterMembershipService>();
            await foreach (var seen in members.MembershipUpdates.WithCancellation(patience.Token))
            {
                if (running.SetEquals(seen.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)))
                {
                    return;
                }
            }
        }));
    }
}
