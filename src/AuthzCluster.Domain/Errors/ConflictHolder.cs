using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Errors;

/// <summary>Who would break a constraint.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Constraint">The constraint's id.</param>
/// <param name="Roles">The names of those of its roles that they would hold.</param>
public sealed record ConflictHolder(SubjectId Principal, string Constraint, IReadOnlyList<string> Roles)
{
    /// <summary>How many of them the constraint allows.</summary>
    public int Max { get; init; } = 1;
}
