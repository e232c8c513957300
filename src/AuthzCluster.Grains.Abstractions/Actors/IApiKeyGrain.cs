using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Grains.Abstractions.Actors;

/// <summary>The single writer of one API key. Its key is the actor's key in storage.</summary>
[Alias("authz.api-key")]
public interface IApiKeyGrain : IApiKeyActor, IGrainWithStringKey;
