using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IRoleRequests"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.role-requests")]
public interface IRoleRequestsGrain : IRoleRequests, IGrainWithIntegerKey;
