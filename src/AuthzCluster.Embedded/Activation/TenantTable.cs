using System.Collections.Concurrent;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>What is activated of one tenant's subjects and roles. Once retired it takes in nobody, and its slots are closed.</summary>
internal sealed class TenantTable(ActorDirectory directory, TenantSlot slot, TenantId tenant)
{
    private volatile bool _isRetired;

    public ActorDirectory Directory { get; } = directory;

    public TenantId Tenant { get; } = tenant;

    public TenantSlot Slot { get; } = slot;

    public ConcurrentDictionary<SubjectId, SubjectSlot> Subjects { get; } = new();

    public ConcurrentDictionary<RoleId, RoleSlot> Roles { get; } = new();

    public bool IsRetired => _isRetired;

    public bool IsEmpty => Subjects.IsEmpty && Roles.IsEmpty;

    /// <summary>Closes every slot behind its current turns. One that came in meanwhile is closed by who brought it in.</summary>
    public async Task RetireAsync()
    {
        _isRetired = true;
        foreach (var (_, slot) in Subjects)
        {
            await slot.CloseAsync().ConfigureAwait(false);
        }
        foreach (var (_, slot) in Roles)
        {
            await slot.CloseAsync().ConfigureAwait(false);
        }
    }
}
