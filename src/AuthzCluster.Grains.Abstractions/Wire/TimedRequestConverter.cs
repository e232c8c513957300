using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class TimedRequestConverter : IConverter<TimedRequest, TimedRequestSurrogate>
{
    public TimedRequest ConvertFromSurrogate(in TimedRequestSurrogate surrogate) =>
        new(surrogate.Request, new DateTimeOffset(surrogate.At, TimeSpan.Zero));

    public TimedRequestSurrogate ConvertToSurrogate(in TimedRequest value) => new() { Request = value.Request, At = value.At.UtcTicks };
}
