using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IApiKeys"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.api-keys")]
public interface IApiKeysGrain : IApiKeys, IGrainWithIntegerKey;
