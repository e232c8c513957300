using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Api;

/// <summary>All that the API knows of the rest of the system.</summary>
/// <param name="Tenants">The tenants.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="Permissions">The permissions that they know.</param>
/// <param name="Policies">Their policies.</param>
/// <param name="RoleRequests">Who asks for which role.</param>
/// <param name="Assignments">Who has which role.</param>
/// <param name="Entities">What is stored of subjects and resources.</param>
/// <param name="Decisions">The answers.</param>
/// <param name="Candidates">What searches look at.</param>
/// <param name="Keys">The API keys.</param>
/// <param name="Audit">What was done.</param>
/// <param name="Events">What happened.</param>
/// <param name="Webhooks">Where that is sent.</param>
/// <param name="Transfer">Imports.</param>
/// <param name="Answers">Answers to writes that may be repeated.</param>
/// <param name="Rights">What callers may.</param>
/// <param name="Health">How the node is.</param>
/// <param name="Clock">The time.</param>
/// <param name="Constraints">Separation of duty.</param>
public sealed record ApiPorts(
    ITenants Tenants, IRoles Roles, IPermissions Permissions, IPolicies Policies, IRoleRequests RoleRequests, IAssignments Assignments, IEntities Entities, IDecisions Decisions,
    ICandidates Candidates, IApiKeys Keys, IAuditTrail Audit, IEvents Events, IWebhooks Webhooks, IModelTransfer Transfer, IAnswers Answers, ICallerRights Rights, INodeHealth Health,
    TimeProvider Clock, IConstraints Constraints);
