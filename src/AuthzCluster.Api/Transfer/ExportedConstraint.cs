namespace AuthzCluster.Api.Transfer;

/// <summary>A constraint in an export; reads back as a <see cref="Bodies.ConstraintBody"/>.</summary>
internal sealed record ExportedConstraint(string Id, string Name, IReadOnlyList<string> Roles, int Max);
