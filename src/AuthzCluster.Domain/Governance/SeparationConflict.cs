using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Governance;

/// <summary>A constraint that somebody would break.</summary>
/// <param name="Constraint">Which.</param>
/// <param name="Roles">Those of its roles that they would hold: too many.</param>
public sealed record SeparationConflict(SeparationConstraint Constraint, ImmutableArray<RoleId> Roles);
