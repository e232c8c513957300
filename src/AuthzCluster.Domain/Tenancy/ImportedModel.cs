namespace AuthzCluster.Domain.Tenancy;

/// <summary>What a model import comes to.</summary>
/// <param name="Change">The change.</param>
/// <param name="Created">How many roles are new.</param>
/// <param name="Updated">How many roles differ from what they were.</param>
/// <param name="Unchanged">How many roles were as imported.</param>
public sealed record ImportedModel(ModelChange Change, int Created, int Updated, int Unchanged)
{
    /// <summary>How many policies are new, the tenant's and those of roles.</summary>
    public int PoliciesCreated { get; init; }

    /// <summary>How many policies differ from what they were.</summary>
    public int PoliciesUpdated { get; init; }

    /// <summary>How many policies went: of roles whose row has others.</summary>
    public int PoliciesRemoved { get; init; }
}
