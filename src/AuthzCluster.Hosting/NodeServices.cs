using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;

namespace AuthzCluster.Hosting;

/// <summary>The callers' ports of a node: the services over its directory and its copies.</summary>
public sealed class NodeServices
{
    /// <summary>Composes them.</summary>
    /// <param name="directory">Where the writers are.</param>
    /// <param name="tenants">The node's models.</param>
    /// <param name="entities">The node's entities.</param>
    /// <param name="eviction">Forgets the actors of a removed tenant.</param>
    /// <param name="rights">What callers hold, as the actors judge them.</param>
    /// <param name="ports">The host's.</param>
    /// <param name="expiry">Who writes down what ended; null: the writers of the subjects.</param>
    public NodeServices(
        IActorDirectory directory, ITenantReplicas tenants, IEntityReplicas entities, ITenantEviction eviction, CallerRightsReader rights, ActorPorts ports,
        IExpiry? expiry = null)
    {
        KeyUses = new KeyUses(directory, ports.Time);
        DueWork = new DueWork(directory, tenants, eviction, ports, expiry);
        Decisions = new DecisionService(directory);
        Candidates = new CandidateService(tenants, ports);
        Roles = new RoleService(directory, tenants, ports);
        Permissions = new PermissionService(directory, tenants);
        RoleRequests = new RoleRequestService(directory, tenants, ports);
        Policies = new PolicyService(directory, tenants, entities, ports);
        Constraints = new ConstraintService(directory, tenants);
        Assignments = new AssignmentService(directory, tenants, ports);
        Entities = new EntityService(directory, tenants, entities, ports);
        Tenants = new TenantService(directory, tenants, eviction, ports);
        ModelTransfer = new ModelTransferService(directory, tenants, rights, ports);
        AuditTrail = new AuditTrailService(directory, tenants, ports);
        Events = new EventService(directory, tenants, ports);
        Webhooks = new WebhookService(directory, tenants, ports);
        ApiKeys = new ApiKeyService(directory, tenants, KeyUses, ports);
        Answers = new AnswerService(ports);
        CallerRights = rights;
    }

    /// <summary>Answers questions.</summary>
    public IDecisions Decisions { get; init; }

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

    /// <summary>Doors' answers to requests that may be repeated.</summary>
    public IAnswers Answers { get; }

    /// <summary>What callers may.</summary>
    public ICallerRights CallerRights { get; }

    /// <summary>Does what is due.</summary>
    public DueWork DueWork { get; }

    /// <summary>Which API keys were used, until it is written down.</summary>
    public KeyUses KeyUses { get; }
}
