using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>A row of an import, on its way to the subject it is for.</summary>
/// <param name="Row">Its place in the import, from 0.</param>
/// <param name="Role">The role.</param>
/// <param name="Draft">What is given.</param>
public sealed record SubjectRow(int Row, RoleId Role, AssignmentDraft Draft);
