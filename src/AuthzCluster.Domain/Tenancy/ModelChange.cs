using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>A decided change of a tenant's model, to be committed.</summary>
/// <param name="Model">The model as it is to be.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
/// <param name="Touched">The roles whose definitions differ, new and removed ones among them.</param>
public sealed record ModelChange(TenantModel Model, ImmutableArray<AuditEntry> Audit, ImmutableArray<RoleId> Touched)
{
    /// <summary>What a careful author should know.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The team assignments that were made, changed or ended, as they are now; of a no-op the one that is there.</summary>
    public ImmutableArray<Assignment> TeamAssignments { get; init; } = [];

    /// <summary>The built-in roles that are there no more: committed only where nobody holds one of them.</summary>
    public ImmutableArray<RoleId> Dropped { get; init; } = [];

    /// <summary>Whether a team assignment was made rather than changed.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether everything was so already: <see cref="Model"/> is the one that was given, nothing is to be committed.</summary>
    public bool IsNoOp { get; init; }

    /// <summary>Nothing is to change.</summary>
    public static ModelChange None(TenantModel model) => new(model, [], []) { IsNoOp = true };
}
