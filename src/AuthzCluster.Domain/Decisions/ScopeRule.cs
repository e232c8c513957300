using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Step 3: whether a granted permission whose resource and action match counts with its scope.</summary>
internal static class ScopeRule
{
    /// <summary>Decides it. Without an assignment, as for what a policy gives, only the subject's own data tell.</summary>
    public static bool Counts(PermissionScope scope, AccessRequest request, SubjectGrants grants, CompiledAssignment? assignment) =>
        request.HasExplicitScope ? scope >= request.Permission.Scope
        : scope switch
        {
            PermissionScope.Any => true,
            PermissionScope.Own => Ownership.IsOwner(request),
            PermissionScope.Team => IsTeams(request, grants) || Ownership.IsOwner(request),
            _ => IsCustomers(request, assignment) || IsTeams(request, grants) || Ownership.IsOwner(request),
        };

    private static bool IsTeams(AccessRequest request, SubjectGrants grants) =>
        request.ResourceProperties.TryGet(Ownership.TeamId, out var team) && team.Kind == AttributeKind.String && grants.IsIn(team.AsString);

    private static bool IsCustomers(AccessRequest request, CompiledAssignment? assignment) =>
        request.ResourceProperties.TryGet(Ownership.CustomerId, out var customer) && customer.Kind != AttributeKind.Null
        && ((request.SubjectProperties.TryGet(Ownership.CustomerId, out var own) && own == customer)
            || (assignment is not null && assignment.Definition.Scope.TryGet(Ownership.CustomerId, out var scoped) && scoped == customer));
}
