using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Actors.Ports;

/// <summary>A question of several, and the instant that it is about.</summary>
/// <param name="Request">The question.</param>
/// <param name="At">The instant.</param>
public readonly record struct TimedRequest(AccessRequest Request, DateTimeOffset At);
