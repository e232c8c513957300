using Orleans.Services;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>Whether a silo answers, by the connection that a client has to it and no other: it is asked by its address, where other grains are wherever they are.</summary>
[Alias("authz.pulse")]
public interface IPulseService : IGrainService
{
    private const string Name = "authz.pulse";

    /// <summary>That of each silo, wherever it is.</summary>
    static GrainType Type { get; } = SystemTargetGrainId.CreateGrainType(Name);

    /// <summary>Answers.</summary>
    [Alias("beat"), ResponseTimeout("00:00:01")]
    Task BeatAsync();

    /// <summary>The one of a silo.</summary>
    static IPulseService Of(IGrainFactory grains, SiloAddress silo) => grains.GetGrain<IPulseService>(SystemTargetGrainId.Create(Type, silo).GrainId);
}
