using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>An assignment of a team, with the team.</summary>
/// <param name="Team">The team.</param>
/// <param name="Assignment">What it holds or held.</param>
public sealed record TeamAssignment(string Team, Assignment Assignment);
