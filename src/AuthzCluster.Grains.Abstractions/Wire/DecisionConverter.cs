using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class DecisionConverter : IConverter<Decision, DecisionSurrogate>
{
    public Decision ConvertFromSurrogate(in DecisionSurrogate surrogate) => new()
    {
        Reason = surrogate.Reason,
        MatchedPermission = surrogate.Permission is { } text ? Permission.Parse(text) : null,
        MatchedRole = surrogate.Role,
        MatchedAssignment = surrogate.Assignment,
        ValidUntil = surrogate.ValidUntil == 0 ? null : new DateTimeOffset(surrogate.ValidUntil, TimeSpan.Zero),
        ModelRevision = surrogate.ModelRevision,
        SubjectRevision = surrogate.SubjectRevision,
    };

    public DecisionSurrogate ConvertToSurrogate(in Decision value) => new()
    {
        Reason = value.Reason,
        Permission = value.MatchedPermission?.ToString(),
        Role = value.MatchedRole,
        Assignment = value.MatchedAssignment,
        ValidUntil = value.ValidUntil?.UtcTicks ?? 0,
        ModelRevision = value.ModelRevision,
        SubjectRevision = value.SubjectRevision,
    };
}
