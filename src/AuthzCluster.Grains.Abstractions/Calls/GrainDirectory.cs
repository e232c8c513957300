using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Reaches the actors as grains, wherever they are. A grain's key is its actor's key in storage.</summary>
/// <param name="grains">The silo's or the client's of the moment.</param>
public sealed class GrainDirectory(Func<IGrainFactory> grains) : IActorDirectory
{
    /// <inheritdoc/>
    public ITenantHierarchyActor Tenant(TenantId tenant) =>
        new TenantCalls(grains().GetGrain<ITenantHierarchyGrain>(ActorKey.Of(tenant).Value));

    /// <inheritdoc/>
    public IRoleActor Role(TenantId tenant, RoleId role) => new RoleCalls(grains().GetGrain<IRoleGrain>(ActorKey.Of(tenant, role).Value));

    /// <inheritdoc/>
    public IUserAssignmentsActor Subject(TenantId tenant, SubjectId subject) => new SubjectCalls(SubjectGrain(tenant, subject));

    /// <inheritdoc/>
    public IEntityActor Entity(TenantId tenant, EntityId entity) => new EntityCalls(grains().GetGrain<IEntityGrain>(ActorKey.Of(tenant, entity).Value));

    /// <inheritdoc/>
    public IAuditLogActor Audit(TenantId tenant) => new AuditLogCalls(AuditGrain(tenant));

    /// <inheritdoc/>
    public IRoleRequestActor RoleRequest(TenantId tenant, string request) =>
        new RoleRequestCalls(grains().GetGrain<IRoleRequestGrain>(ActorKey.OfRequest(tenant, request).Value));

    /// <inheritdoc/>
    public IApiKeyActor ApiKey(ApiKeyId key) => new ApiKeyCalls(grains().GetGrain<IApiKeyGrain>(ActorKey.Of(key).Value));

    /// <inheritdoc/>
    public IWebhookActor Webhook(TenantId tenant, string webhook) => new WebhookCalls(grains().GetGrain<IWebhookGrain>(ActorKey.OfWebhook(tenant, webhook).Value));

    /// <summary>The grain of an audit log itself, whose lost calls throw.</summary>
    public IAuditLogGrain AuditGrain(TenantId tenant) => grains().GetGrain<IAuditLogGrain>(ActorKey.OfAudit(tenant).Value);

    /// <summary>The grain of a subject itself, whose lost calls throw.</summary>
    public IUserAssignmentsGrain SubjectGrain(TenantId tenant, SubjectId subject) =>
        grains().GetGrain<IUserAssignmentsGrain>(ActorKey.Of(tenant, subject).Value);
}
