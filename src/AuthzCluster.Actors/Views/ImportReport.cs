using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Views;

/// <summary>What a model import did.</summary>
/// <param name="Created">Roles made.</param>
/// <param name="Updated">Roles replaced.</param>
/// <param name="Unchanged">Roles that were as imported.</param>
/// <param name="Warnings">What a careful author should know.</param>
public sealed record ImportReport(int Created, int Updated, int Unchanged, IReadOnlyList<string> Warnings)
{
    /// <summary>Policies made, the tenant's and those of roles.</summary>
    public int PoliciesCreated { get; init; }

    /// <summary>Policies replaced.</summary>
    public int PoliciesUpdated { get; init; }

    /// <summary>Policies of roles that the role's row lacks, while it has others.</summary>
    public int PoliciesRemoved { get; init; }

    /// <summary>Of an import that was decided.</summary>
    public static ImportReport Of(ImportedModel imported) => new(imported.Created, imported.Updated, imported.Unchanged, imported.Change.Warnings)
    {
        PoliciesCreated = imported.PoliciesCreated,
        PoliciesUpdated = imported.PoliciesUpdated,
        PoliciesRemoved = imported.PoliciesRemoved,
    };
}
