using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IEntities"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.entities")]
public interface IEntitiesGrain : IEntities, IGrainWithIntegerKey;
