using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>All ports of the service, as a caller of the cluster has them: an Orleans client, with nothing but these grains' interfaces.</summary>
public sealed class ClusterPorts
{
    private readonly ClusterHealth _health;
    private readonly ClusterCaller _calls;

    /// <summary>By way of a client.</summary>
    /// <param name="grains">The client of the moment: one that does not come to start is replaced by another.</param>
    /// <param name="options">Deadlines.</param>
    /// <param name="ids">Names the writes that their callers did not name.</param>
    /// <param name="time">The clock of what is noted.</param>
    /// <param name="mayCall">Whether the client has found the cluster: until then all is refused at once. Null: it has.</param>
    public ClusterPorts(Func<IGrainFactory> grains, ClusterCallOptions options, IIdSource ids, TimeProvider time, Func<bool>? mayCall = null)
    {
        _calls = new ClusterCaller(grains, options, ids, mayCall ?? (() => true));
        var directory = new GrainDirectory(grains);
        _health = new ClusterHealth(_calls, options.Clock);
        KeyUses = new KeyUses(directory, time);
        Decisions = new ClusterDecisions(directory, _calls);
        Candidates = new ClusterCandidates(_calls);
        Roles = new ClusterRoles(_calls);
        Permissions = new ClusterPermissions(_calls);
        Policies = new ClusterPolicies(_calls);
        RoleRequests = new ClusterRoleRequests(_calls);
        Constraints = new ClusterConstraints(_calls);
        Assignments = new ClusterAssignments(_calls);
        Entities = new ClusterEntities(_calls);
        Tenants = new ClusterTenants(_calls);
        ModelTransfer = new ClusterModelTransfer(_calls);
        AuditTrail = new ClusterAuditTrail(_calls);
        Events = new ClusterEvents(_calls);
        Webhooks = new ClusterWebhooks(_calls);
        ApiKeys = new ClusterApiKeys(_calls, KeyUses);
        Answers = new ClusterAnswers(_calls);
        CallerRights = new ClusterCallerRights(_calls);
    }

    /// <summary>Answers questions.</summary>
    public IDecisions Decisions { get; }

    /// <summary>What searches look at.</summary>
    public ICandidates Candidates { get; }

    /// <summary>Roles.</summary>
    public IRoles Roles { get; }

    /// <summary>The registries of permissions.</summary>
    public IPermissions Permissions { get; }

    /// <summary>Policies.</summary>
    public IPolicies Policies { get; }

    /// <summary>Requests for roles.</summary>
    public IRoleRequests RoleRequests { get; }

    /// <summary>Separation of duty.</summary>
    public IConstraints Constraints { get; }

    /// <summary>Assignments and teams.</summary>
    public IAssignments Assignments { get; }

    /// <summary>Stored entities.</summary>
    public IEntities Entities { get; }

    /// <summary>Tenants.</summary>
    public ITenants Tenants { get; }

    /// <summary>Imports and exports.</summary>
    public IModelTransfer ModelTransfer { get; }

    /// <summary>The audit logs.</summary>
    public IAuditTrail AuditTrail { get; }

    /// <summary>What happened.</summary>
    public IEvents Events { get; }

    /// <summary>Where that is sent.</summary>
    public IWebhooks Webhooks { get; }

    /// <summary>API keys.</summary>
    public IApiKeys ApiKeys { get; }

    /// <summary>Whole answers, kept for who repeats a request.</summary>
    public IAnswers Answers { get; }

    /// <summary>What callers may.</summary>
    public ICallerRights CallerRights { get; }

    /// <summary>How the cluster is, once <see cref="RunHealthAsync"/> runs.</summary>
    public INodeHealth Health => _health;

    /// <summary>Which API keys were used, until it is written down.</summary>
    public KeyUses KeyUses { get; }

    /// <summary>Has every silo drop its copy of a tenant's model. <see cref="AuthzCluster.Domain.Errors.ErrorCode.Unavailable"/>: no silo answers.</summary>
    public Task<Result<bool>> DropModelAsync(TenantId tenant) => _calls.ReadAsync<INodeGrain, bool>(grain => grain.DropModelAsync(tenant));

    /// <summary>Looks once a second how the cluster is, until <paramref name="stop"/>.</summary>
    public Task RunHealthAsync(CancellationToken stop) => _health.RunAsync(stop);

    /// <summary>The key of the page tokens: the same for all gateways of a cluster.</summary>
    /// <exception cref="Exception">The silo that was asked does not answer soon: another may.</exception>
    public Task<byte[]> ReadPageTokenKeyAsync() => _calls.Any<INodeGrain>().ReadPageTokenKeyAsync().WaitAsync(_calls.ShortPatience, _calls.Options.Clock);
}
