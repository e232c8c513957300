using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Replicas;

namespace AuthzCluster.Grains.Node;

/// <summary>The actors as this silo reaches them: as grains, save that what reads a subject, or has an audit log written, need not wait for the grain.</summary>
internal sealed class SiloDirectory(GrainDirectory grains, Func<NodeReplicas> replicas, ActorPorts ports) : IActorDirectory
{
    /// <summary>How subjects' grains are reached.</summary>
    public NearWays Ways { get; } = new(TimeProvider.System);

    public ITenantHierarchyActor Tenant(TenantId tenant) => grains.Tenant(tenant);

    public IRoleActor Role(TenantId tenant, RoleId role) => grains.Role(tenant, role);

    public IUserAssignmentsActor Subject(TenantId tenant, SubjectId subject) =>
        new NearSubject(grains.SubjectGrain(tenant, subject), grains, Ways, replicas, tenant, subject);

    public IEntityActor Entity(TenantId tenant, EntityId entity) => grains.Entity(tenant, entity);

    public IAuditLogActor Audit(TenantId tenant) => new NearAuditLog(grains.AuditGrain(tenant), grains.Audit(tenant), Ways, ports, tenant);

    public IRoleRequestActor RoleRequest(TenantId tenant, string request) => grains.RoleRequest(tenant, request);

    public IApiKeyActor ApiKey(ApiKeyId key) => grains.ApiKey(key);

    public IWebhookActor Webhook(TenantId tenant, string webhook) => grains.Webhook(tenant, webhook);
}
