using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of a tenant's model. Its key is the actor's key in storage.</summary>
[Alias("authz.tenant-hierarchy")]
public interface ITenantHierarchyGrain : ITenantHierarchyActor, IGrainWithStringKey;
