namespace AuthzCluster.Domain.Tenancy;

/// <summary>What a model import comes to.</summary>
/// <param name="Change">The change.</param>
/// <param name="Created">How many roles are new.</param>
/// <param name="Updated">How many roles differ from what they were.</param>
/// <param name="Unchanged">How many roles were as imported.</param>
public sealed record ImportedModel(ModelChange Change, int Created, int Updated, int Unchanged);
