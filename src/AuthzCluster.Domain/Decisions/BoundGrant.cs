using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>An assignment joined with its role, for the assignments that can count at some time. Ticks are UTC.</summary>
internal readonly struct BoundGrant(CompiledAssignment assignment, CompiledRole role)
{
    /// <summary>The instant of what never ends.</summary>
    public const long Never = long.MaxValue;

    public readonly CompiledAssignment Assignment = assignment;
    public readonly CompiledRole Role = role;

    /// <summary>Inclusive.</summary>
    public readonly long Starts = assignment.Definition.StartsAt?.UtcTicks ?? 0;

    /// <summary>Exclusive.</summary>
    public readonly long Ends = assignment.Definition.ExpiresAt?.UtcTicks ?? Never;

    public bool CountsAt(long now) => Starts <= now && now < Ends;
}
