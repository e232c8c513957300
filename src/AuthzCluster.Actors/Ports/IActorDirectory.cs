using AuthzCluster.Actors.Contracts;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Reaches actors wherever they are; a call activates the one it is for. Looking one up costs nothing and cannot fail.</summary>
public interface IActorDirectory
{
    /// <summary>The single writer of a tenant's model.</summary>
    ITenantHierarchyActor Tenant(TenantId tenant);

    /// <summary>The single writer of a role's life.</summary>
    IRoleActor Role(TenantId tenant, RoleId role);

    /// <summary>The single writer of a subject's grants.</summary>
    IUserAssignmentsActor Subject(TenantId tenant, SubjectId subject);

    /// <summary>The single writer of a stored entity.</summary>
    IEntityActor Entity(TenantId tenant, EntityId entity);

    /// <summary>The single writer of a tenant's audit log.</summary>
    IAuditLogActor Audit(TenantId tenant);

    /// <summary>The single writer of a request for a role.</summary>
    IRoleRequestActor RoleRequest(TenantId tenant, string request);

    /// <summary>The single writer of an API key.</summary>
    IApiKeyActor ApiKey(ApiKeyId key);

    /// <summary>The single writer of a webhook.</summary>
    IWebhookActor Webhook(TenantId tenant, string webhook);
}
