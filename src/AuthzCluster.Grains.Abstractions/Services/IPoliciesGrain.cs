using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IPolicies"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.policies")]
public interface IPoliciesGrain : IPolicies, IGrainWithIntegerKey;
