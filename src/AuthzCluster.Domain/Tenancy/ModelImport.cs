using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>A model to import.</summary>
/// <param name="Roles">Roles, in any order; a parent may come after its child, or be one that the tenant has.</param>
public sealed record ModelImport(IReadOnlyList<RoleDraft> Roles)
{
    /// <summary>Team assignments: role (id or name) and what is given; the principal is a team.</summary>
    public IReadOnlyList<AssignmentRow> TeamGrants { get; init; } = [];

    /// <summary>Policies of the tenant: by id made or replaced; those without one are new each time. What is not among them stays.</summary>
    public IReadOnlyList<PolicyDraft> Policies { get; init; } = [];

    /// <summary>Constraints: by id made or replaced; those without one are new each time. What is not among them stays.</summary>
    public IReadOnlyList<ConstraintDraft> Constraints { get; init; } = [];

    /// <summary>Permissions to register, before the roles that may need them.</summary>
    public IReadOnlyList<PermissionRow> Registered { get; init; } = [];
}
