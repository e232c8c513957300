using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>A permission that a subject has at an instant, and where it comes from.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Role">The name of the assigned role.</param>
/// <param name="FromRole">The name of the role that has it itself: the assigned one or an ancestor.</param>
/// <param name="Assignment">The assignment's id.</param>
/// <param name="Team">The team through which the subject has it; null: the subject's own.</param>
/// <param name="IsConditional">Whether the assignment's scope, its conditions or those of an edge must hold besides.</param>
public sealed record EffectivePermission(
    Permission Permission, string Role, string FromRole, string Assignment, string? Team, bool IsConditional)
{
    /// <summary>Names of the roles from the assigned one to the one that has it itself, both included; empty where the node that answered tells none.</summary>
    public ImmutableArray<string> Path { get; init; } = [];
}
