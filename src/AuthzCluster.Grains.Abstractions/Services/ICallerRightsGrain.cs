using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="ICallerRights"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.caller-rights")]
public interface ICallerRightsGrain : ICallerRights, IGrainWithIntegerKey;
