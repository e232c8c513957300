using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Conformance.Hosting;

/// <summary>A running host over its own empty storage: what the conformance suite knows of it.</summary>
public interface IHostFixture : IAsyncDisposable
{
    ManualTimeProvider Time { get; }

    /// <summary>Between the actors and their storage.</summary>
    StoreProbe Store { get; }

    IDecisions Decisions { get; }

    IRoles Roles { get; }

    IPermissions Permissions { get; }

    IPolicies Policies { get; }

    IRoleRequests RoleRequests { get; }

    IWebhooks Webhooks { get; }

    IConstraints Constraints { get; }

    IAssignments Assignments { get; }

    IEntities Entities { get; }

    ITenants Tenants { get; }

    IModelTransfer Transfer { get; }

    IAuditTrail Audit { get; }

    IApiKeys ApiKeys { get; }

    INodeHealth Health { get; }

    Task StartAsync();

    /// <summary>Stops in an orderly way, and starts again on the same storage.</summary>
    Task RestartAsync();

    /// <summary>Dies: nothing that is in memory is written any more; then starts again on the same storage.</summary>
    Task CrashAndRestartAsync();
}
