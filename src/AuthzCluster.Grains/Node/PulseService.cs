using AuthzCluster.Grains.Abstractions.Services;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Grains.Node;

/// <summary>Answers whoever asks whether this silo does.</summary>
internal sealed class PulseService(GrainId id, Silo silo, ILoggerFactory loggers) : GrainService(id, silo, loggers), IPulseService
{
    public Task BeatAsync() => Task.CompletedTask;
}
