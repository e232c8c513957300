using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A question of several on the wire.</summary>
[GenerateSerializer, Alias("authz.timed-question")]
internal struct TimedRequestSurrogate
{
    [Id(0)]
    public AccessRequest Request;

    /// <summary>Ticks since the year 1, UTC.</summary>
    [Id(1)]
    public long At;
}
