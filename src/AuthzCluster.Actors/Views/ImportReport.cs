namespace AuthzCluster.Actors.Views;

/// <summary>What a model import did.</summary>
/// <param name="Created">Roles made.</param>
/// <param name="Updated">Roles replaced.</param>
/// <param name="Unchanged">Roles that were as imported.</param>
/// <param name="Warnings">What a careful author should know.</param>
public sealed record ImportReport(int Created, int Updated, int Unchanged, IReadOnlyList<string> Warnings);
