using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IConstraints"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.constraints")]
public interface IConstraintsGrain : IConstraints, IGrainWithIntegerKey;
