using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A decision on the wire.</summary>
[GenerateSerializer, Alias("authz.decision")]
internal struct DecisionSurrogate
{
    [Id(0)]
    public DecisionReason Reason;

    /// <summary>The canonical text of the matched permission.</summary>
    [Id(1)]
    public string? Permission;

    [Id(2)]
    public string? Role;

    [Id(3)]
    public string? Assignment;

    /// <summary>Ticks since the year 1, UTC; 0: never.</summary>
    [Id(4)]
    public long ValidUntil;

    [Id(5)]
    public long ModelRevision;

    [Id(6)]
    public long SubjectRevision;
}
