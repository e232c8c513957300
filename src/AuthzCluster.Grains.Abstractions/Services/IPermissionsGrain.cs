using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IPermissions"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.permissions")]
public interface IPermissionsGrain : IPermissions, IGrainWithIntegerKey;
