using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of one request for a role. Its key is the actor's key in storage.</summary>
[Alias("authz.role-request")]
public interface IRoleRequestGrain : IRoleRequestActor, IGrainWithStringKey;
