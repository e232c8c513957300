using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Testing.Cases;

/// <summary>An assignment of a case. The server chooses ids, so a case knows it by its label.</summary>
/// <param name="Label">Unique in the case; made up (<c>assignment-3</c>) where the file gives none.</param>
/// <param name="Role">The role's id or name.</param>
/// <param name="Draft">Who gets it, and how.</param>
/// <param name="IsSuspended">Whether it is switched off after it was made.</param>
public sealed record CaseAssignment(string Label, string Role, AssignmentDraft Draft, bool IsSuspended);
