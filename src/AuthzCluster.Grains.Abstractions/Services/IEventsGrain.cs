using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IEvents"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.events")]
public interface IEventsGrain : IEvents, IGrainWithIntegerKey;
