using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of one role's life. Its key is the actor's key in storage.</summary>
[Alias("authz.role")]
public interface IRoleGrain : IRoleActor, IGrainWithStringKey;
