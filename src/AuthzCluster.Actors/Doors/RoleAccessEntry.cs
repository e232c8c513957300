using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.Doors;

/// <summary>One entry of who has what by a role.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Permission">What.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Assignment">The id of the assignment that gives it.</param>
/// <param name="Team">The team through which the subject has it; null: the subject's own.</param>
/// <param name="Path">Names of the roles from this one to the one that has the permission itself, both included.</param>
/// <param name="IsConditional">Whether the assignment's scope, its conditions or those of an edge must hold besides.</param>
public sealed record RoleAccessEntry(
    SubjectId Subject, Permission Permission, string Role, string Assignment, string? Team, ImmutableArray<string> Path, bool IsConditional);
