using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of one stored entity. Its key is the actor's key in storage.</summary>
[Alias("authz.entity")]
public interface IEntityGrain : IEntityActor, IGrainWithStringKey;
