using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="ICandidates"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.candidates")]
public interface ICandidatesGrain : ICandidates, IGrainWithIntegerKey;
