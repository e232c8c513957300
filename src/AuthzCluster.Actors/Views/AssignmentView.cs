using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.Views;

/// <summary>An assignment as callers see it.</summary>
/// <param name="Principal">Who has it.</param>
/// <param name="Assignment">What is stored.</param>
/// <param name="RoleName">The role's name; its id where the role is no more.</param>
/// <param name="Status">Where it is in its life at the instant asked about.</param>
public sealed record AssignmentView(SubjectId Principal, Assignment Assignment, string RoleName, AssignmentStatus Status);
