using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of a tenant's audit log. Its key is the actor's key in storage.</summary>
[Alias("authz.audit-log")]
public interface IAuditLogGrain : IAuditLogActor, IGrainWithStringKey;
