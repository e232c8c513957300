using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Hosting;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Embedded;

namespace AuthzCluster.Embedded.Tests.Hosting;

/// <summary>The embedded host over a database in a directory of its own, its clock at <paramref name="start"/>; null: some day in 2026.</summary>
public sealed class EmbeddedFixture(DateTimeOffset? start = null) : IHostFixture
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("authz-embedded-");
    private EmbeddedNode? _node;

    public ManualTimeProvider Time { get; } = new(start ?? new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

    public StoreProbe Store { get; } = new();

    /// <summary>What the host logs.</summary>
    public LogProbe Log { get; } = new();

    public IDecisions Decisions => Node.Decisions;

    public IRoles Roles => Node.Roles;

    public IPermissions Permissions => Node.Permissions;

    public IPolicies Policies => Node.Policies;

    public IRoleRequests RoleRequests => Node.RoleRequests;

    public IWebhooks Webhooks => Node.Webhooks;

    public IConstraints Constraints => Node.Constraints;

    public IAssignments Assignments => Node.Assignments;

    public IEntities Entities => Node.Entities;

    public ITenants Tenants => Node.Tenants;

    public IModelTransfer Transfer => Node.ModelTransfer;

    public IAuditTrail Audit => Node.AuditTrail;

    public IApiKeys ApiKeys => Node.ApiKeys;

    public INodeHealth Health => Node;

    internal EmbeddedNode Node => _node ?? throw new InvalidOperationException("the host was not started");

    internal string DataDirectory => _directory.FullName;

    public Task StartAsync()
    {
        var options = new EmbeddedOptions { DataDirectory = _directory.FullName, IdleTime = TimeSpan.FromMinutes(5) };
        _node = new EmbeddedNode(options, Time, new OrderedIds(TimeProvider.System), Log)
        {
            WrapStore = Store.Around,
            WrapAudit = audit => new DyingAudit(audit, Store),
        };
        return _node.StartAsync();
    }

    public async Task RestartAsync()
    {
        await Node.StopAsync();
        await StartAsync();
    }

    public async Task CrashAndRestartAsync()
    {
        Store.Die();
        await Node.StopAsync();
        Store.Heal();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Store.Heal();
        if (_node is not null)
        {
            await _node.StopAsync();
        }
        _directory.Delete(recursive: true);
    }
}
