using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="ITenants"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.tenants")]
public interface ITenantsGrain : ITenants, IGrainWithIntegerKey;
