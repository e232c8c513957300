using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// What in a tenant could answer a question with yes, whatever scopes, conditions, subjects and properties come to. What is not in it cannot:
/// searches need not look at who has nothing of it.
/// </summary>
/// <param name="Roles">The roles that give something that covers it, in no order.</param>
/// <param name="IsOpen">Whether somebody without any of these roles may be allowed too: by what a policy grants, or by an outside engine.</param>
public sealed record Reach(IReadOnlyList<RoleId> Roles, bool IsOpen)
{
    /// <summary>Of a question for a permission, in whatever scope.</summary>
    public static Reach Of(CompiledTenant tenant, Permission asked)
    {
        var keys = tenant.Table.Resolve(asked, stackalloc int[tenant.Table.RoomFor(asked)]);
        var roles = new List<RoleId>();
        foreach (var role in tenant.Roles)
        {
            if (role.Possible.Match(keys).MoveNext())
            {
                roles.Add(role.Definition.Id);
            }
        }
        return new Reach(roles, tenant.FinalWord is not null || Array.Exists(tenant.Policies?.Ordered ?? [], policy => Grants(policy, asked)));
    }

    private static bool Grants(CompiledPolicy policy, Permission asked) => !policy.Denies && policy.Definition.GrantPermissions.Any(permission =>
        permission.CoversResource(asked.Resource) && (permission.Action == Permission.Wildcard || permission.Action == asked.Action));
}
