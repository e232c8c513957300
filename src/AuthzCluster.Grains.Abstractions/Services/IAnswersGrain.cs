using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IAnswers"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.answers")]
public interface IAnswersGrain : IAnswers, IGrainWithIntegerKey;
