using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Actors.Writers;

/// <summary>A deletion that was begun, as it is stored until it has ended: a crash in between is made good from it.</summary>
/// <param name="IsForced">Whether holders are revoked; if not, a deletion that was cut off is cancelled.</param>
/// <param name="Caller">On whose behalf.</param>
internal sealed record RoleDeletion(bool IsForced, Caller Caller)
{
    /// <summary>Whether it is the making of a role with its first assignments: the role is deleted where that does not come to its end.</summary>
    public bool IsMaking { get; init; }

    /// <summary>Whether it is what a request of <paramref name="caller"/> began.</summary>
    public bool IsOf(Caller caller) => Caller.Request is { } own && caller.Request is { } asked
        && own.Tenant == asked.Tenant && own.Id == asked.Id && own.Fingerprint.AsSpan().SequenceEqual(asked.Fingerprint.AsSpan());
}
