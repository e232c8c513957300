using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// A subject's grants joined with one compilation of its tenant: those that can count at some time, in the order in
/// which they are weighed: the role of the highest level first, then by its name, then by the assignment's id.
/// </summary>
internal sealed class BoundGrants
{
    private BoundGrants(object stamp, BoundGrant[] grants, long endedUntil)
    {
        Stamp = stamp;
        EndedUntil = endedUntil;
        Grants = grants;
        foreach (ref readonly var grant in grants.AsSpan())
        {
            LatestStart = Math.Max(LatestStart, grant.Starts);
            DependsOnTime |= grant.Assignment.DependsOnTime || grant.Role.DependsOnTime;
        }
    }

    /// <summary>The compilation's <see cref="CompiledTenant.Stamp"/>; not the tenant, which an idle subject must not keep alive.</summary>
    public object Stamp { get; }

    /// <summary>The grants.</summary>
    public BoundGrant[] Grants { get; }

    /// <summary>The instant from which on nothing more starts.</summary>
    public long LatestStart { get; }

    /// <summary>Whether time alone may change what a condition comes to.</summary>
    public bool DependsOnTime { get; }

    /// <summary>The instant from which on nothing that is in a history counts, exclusive.</summary>
    public long EndedUntil { get; }

    /// <summary>Joins.</summary>
    public static BoundGrants Bind(CompiledTenant tenant, IEnumerable<CompiledAssignment> assignments, long endedUntil)
    {
        var grants = new List<BoundGrant>();
        foreach (var assignment in assignments)
        {
            if (assignment.Definition is { IsSuspended: false, RevokedAt: null }
                && tenant.Find(assignment.Definition.Role) is { } role && CompiledRole.Gives(role.Definition))
            {
                grants.Add(new BoundGrant(assignment, role));
            }
        }
        grants.Sort((a, b) => Order(a.Role.Definition, a.Assignment, b.Role.Definition, b.Assignment));
        return new BoundGrants(tenant.Stamp, [.. grants], endedUntil);
    }

    /// <summary>The order in which grants are weighed.</summary>
    public static int Order(RoleDefinition a, CompiledAssignment first, RoleDefinition b, CompiledAssignment second)
    {
        var order = b.Level.CompareTo(a.Level);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        return order != 0 ? order : string.CompareOrdinal(first.Definition.Id, second.Definition.Id);
    }
}
