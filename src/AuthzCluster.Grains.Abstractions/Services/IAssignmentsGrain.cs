using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IAssignments"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.assignments")]
public interface IAssignmentsGrain : IAssignments, IGrainWithIntegerKey;
