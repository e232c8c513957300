using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.Doors;

/// <summary>One entry of who has what by a role.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Permission">What.</param>
/// <param name="Role">The name of the role that was assigned: the one asked about, or one that inherits from it.</param>
/// <param name="Assignment">The id of the assignment that gives it.</param>
/// <param name="Team">The team through which the subject has it; null: the subject's own.</param>
/// <param name="Path">Names of the roles from the assigned one to the one that has the permission itself, both included.</param>
/// <param name="IsConditional">Whether something must hold besides: the assignment's scope, a condition, that no policy denies it, an outside engine's word.</param>
/// <param name="DeniedBy">The ids of the policies that may deny it, or some of it.</param>
public sealed record RoleAccessEntry(
    SubjectId Subject, Permission Permission, string Role, string Assignment, string? Team, ImmutableArray<string> Path, bool IsConditional, ImmutableArray<string> DeniedBy);
