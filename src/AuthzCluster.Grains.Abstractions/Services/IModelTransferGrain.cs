using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IModelTransfer"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.model-transfer")]
public interface IModelTransferGrain : IModelTransfer, IGrainWithIntegerKey;
