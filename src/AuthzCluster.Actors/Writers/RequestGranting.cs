using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Actors.Writers;

/// <summary>An approval that is complete, as it is stored until the role is given: what a crash cut off goes on from it.</summary>
/// <param name="Caller">Who gave the last approval.</param>
/// <param name="Key">Names the assign, however often it is sent.</param>
/// <param name="At">When it was approved.</param>
internal sealed record RequestGranting(Caller Caller, string Key, DateTimeOffset At)
{
    /// <summary>Whether it is what a request of <paramref name="caller"/> began.</summary>
    public bool IsOf(Caller caller) => Caller.Request is { } own && caller.Request is { } asked
        && own.Tenant == asked.Tenant && own.Id == asked.Id && own.Fingerprint.AsSpan().SequenceEqual(asked.Fingerprint.AsSpan());
}
