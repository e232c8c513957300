using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using AuthzCluster.TestingHost.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Silos in this process as a test makes them: with probes of its own, and as strict with clients as the product is.</summary>
internal sealed class BareCluster : IAsyncDisposable
{
    public static readonly TenantId Tenant = TenantId.Default;
    public static readonly Caller Admin = new(SubjectId.User("admin"), "request-1") { IsTrusted = true };

    private readonly OpenStorage _storage;

    private BareCluster(OpenStorage storage, InProcessTestCluster cluster) => (_storage, Cluster) = (storage, cluster);

    public InProcessTestCluster Cluster { get; }

    /// <summary>By way of a client.</summary>
    public ClusterPorts Outside => PortsOf(Cluster.Client);

    /// <summary>The services of the first silo.</summary>
    public NodeServices Inside => Silo.Core.Services;

    public SiloNode Silo => Cluster.Silos[0].ServiceProvider.GetRequiredService<SiloNode>();

    public IGrainFactory Grains => Cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public static async Task<BareCluster> StartAsync(
        short silos = 1, Func<IActorStore, int, IActorStore>? wrap = null, Action<ISiloBuilder, int>? silo = null, Action<IClientBuilder>? client = null,
        Func<ILeaseTable, ILeaseTable>? leases = null)
    {
        var storage = await OpenStorage.MemoryAsync();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        var number = -1;
        builder.ConfigureSilo((_, built) =>
        {
            var own = Interlocked.Increment(ref number);
            var states = wrap is null ? storage.States : wrap(storage.States, own);
            silo?.Invoke(built, own);
            built.AddAuthzGrains(_ => new SiloStorage(states, storage.Audit, leases?.Invoke(storage.Leases) ?? storage.Leases, () => storage.WriteProblem, new WriteFaults()));
        });
        builder.ConfigureClient(built =>
        {
            built.Services.AddAuthzWire();
            client?.Invoke(built);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new BareCluster(storage, cluster);
    }

    public static ClusterPorts PortsOf(IGrainFactory grains) => new(() => grains, new ClusterCallOptions(), new OrderedIds(TimeProvider.System), TimeProvider.System);

    public static T Ok<T>(Result<T> result)
    {
        Assert.True(result.IsOk, result.Error?.Detail);
        return result.Value!;
    }

    public static AccessRequest Question(string user, string permission) => new() { Subject = SubjectId.User(user), Permission = Permission.Parse(permission) };

    public async Task RoleAsync(string name, string permission) =>
        Ok(await Inside.Roles.CreateAsync(Tenant, new RoleDraft { Id = name, Name = name, Permissions = [permission] }, Admin));

    public async Task AssignAsync(string user, string role) => Ok(await Inside.Assignments.AssignAsync(Tenant, role, new AssignmentDraft(SubjectId.User(user)), Admin));

    public async Task<bool> MayAsync(string user, string permission) =>
        Ok(await Outside.Decisions.EvaluateAsync(Tenant, Question(user, permission), DateTimeOffset.UtcNow)).IsAllowed;

    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
        await _storage.CloseAsync();
    }
}
