using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>A permission that a subject has at an instant, and where it comes from.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Role">The name of the assigned role; null: a policy gives it.</param>
/// <param name="FromRole">The name of the role that has it itself: the assigned one or an ancestor.</param>
/// <param name="Assignment">The assignment's id.</param>
/// <param name="Team">The team through which the subject has it; null: the subject's own.</param>
/// <param name="IsConditional">Whether something must hold besides: the assignment's scope, a condition, that no policy denies it, an outside engine's word.</param>
public sealed record EffectivePermission(
    Permission Permission, string? Role, string? FromRole, string? Assignment, string? Team, bool IsConditional)
{
    /// <summary>The id of the policy that gives it; null: a role does.</summary>
    public string? Policy { get; init; }

    /// <summary>The ids of the policies that may deny it, or some of it, in the order in which they are asked.</summary>
    public ImmutableArray<string> DeniedBy { get; init; } = [];

    /// <summary>Names of the roles from the assigned one to the one that has it itself, both included; empty where the node that answered tells none.</summary>
    public ImmutableArray<string> Path { get; init; } = [];
}
