using AuthzCluster.Actors.Ports;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Grains.Tests;

/// <summary>
/// Two silos in this process, reached by an Orleans client, their clock at <paramref name="start"/>; null: some day in 2026. <paramref name="isBare"/>: writes go to
/// a silo's own ports as they are, so that a test says itself what is a copy of what.
/// </summary>
public sealed class ClusterFixture(DateTimeOffset? start = null, bool isBare = false) : IHostFixture, INodeHealth
{
    private AuthzTestCluster? _cluster;

    public ManualTimeProvider Time => Cluster.Time;

    public StoreProbe Store { get; } = new();

    public IDecisions Decisions => Ports.Decisions;

    public IRoles Roles => isBare ? Grain<IRolesGrain>() : Ports.Roles;

    public IPermissions Permissions => isBare ? Grain<IPermissionsGrain>() : Ports.Permissions;

    public IPolicies Policies => isBare ? Grain<IPoliciesGrain>() : Ports.Policies;

    public IRoleRequests RoleRequests => isBare ? Grain<IRoleRequestsGrain>() : Ports.RoleRequests;

    public IWebhooks Webhooks => isBare ? Grain<IWebhooksGrain>() : Ports.Webhooks;

    public IConstraints Constraints => isBare ? Grain<IConstraintsGrain>() : Ports.Constraints;

    public IAssignments Assignments => isBare ? Grain<IAssignmentsGrain>() : Ports.Assignments;

    public IEntities Entities => isBare ? Grain<IEntitiesGrain>() : Ports.Entities;

    public ITenants Tenants => isBare ? Grain<ITenantsGrain>() : Ports.Tenants;

    public IModelTransfer Transfer => isBare ? Grain<IModelTransferGrain>() : Ports.ModelTransfer;

    public IAuditTrail Audit => Ports.AuditTrail;

    public IApiKeys ApiKeys => isBare ? Grain<IApiKeysGrain>() : Ports.ApiKeys;

    public INodeHealth Health => this;

    bool INodeHealth.IsReady => Cluster.Silos.Health.All(silo => silo.IsReady);

    string? INodeHealth.WriteProblem => Cluster.Silos.Health.Select(silo => silo.WriteProblem).FirstOrDefault(problem => problem is not null);

    string? INodeHealth.BackgroundProblem => Cluster.Silos.Health.Select(silo => silo.BackgroundProblem).FirstOrDefault(problem => problem is not null);

    internal AuthzTestCluster Cluster => _cluster ?? throw new InvalidOperationException("the cluster was not started");

    private ClusterPorts Ports => Cluster.Ports;

    private T Grain<T>() where T : IGrainWithIntegerKey => Cluster.Silos.Client.GetGrain<T>(0);

    public async Task StartAsync() => _cluster = await AuthzTestCluster.StartAsync(new AuthzTestOptions
    {
        StartTime = start ?? new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero),
        WrapStore = Store.Around,
        WrapAudit = audit => new DyingAudit(audit, Store),
    });

    public Task RestartAsync() => Cluster.Silos.RestartAsync(isCrash: false);

    public async Task CrashAndRestartAsync()
    {
        Store.Die();
        Store.Heal();
        await Cluster.Silos.RestartAsync(isCrash: true);
    }

    public async ValueTask DisposeAsync()
    {
        Store.Heal();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
