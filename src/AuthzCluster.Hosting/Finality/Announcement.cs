using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Finality;

/// <summary>What one node tells another: from here on it is not below a revision.</summary>
/// <param name="Key">The actor whose state was committed; where a whole tenant is meant, the tenant's own key.</param>
/// <param name="Revision">Its stored version; <see cref="long.MaxValue"/>: whatever was read before does not count.</param>
/// <param name="IsWholeTenant">All actors of the tenant are meant, and the revision is of no account.</param>
public readonly record struct Announcement(ActorKey Key, long Revision, bool IsWholeTenant = false)
{
    /// <summary>All that is stored of a tenant goes.</summary>
    public static Announcement TenantGone(TenantId tenant) => new(ActorKey.Of(tenant), long.MaxValue, IsWholeTenant: true);

    /// <summary>What the node that is told does, all of it before it confirms.</summary>
    public void RaiseIn(CellTable cells)
    {
        if (IsWholeTenant)
        {
            cells.RaiseAll(Key.Tenant);
        }
        else
        {
            cells.Raise(Key, Revision);
        }
    }
}
