namespace AuthzCluster.Domain.Assignments;

/// <summary>One assignment to import.</summary>
/// <param name="Role">The role's id or name.</param>
/// <param name="Draft">What is given, to whom.</param>
public sealed record AssignmentRow(string Role, AssignmentDraft Draft);
