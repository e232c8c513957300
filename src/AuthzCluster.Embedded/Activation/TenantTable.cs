using System.Collections.Concurrent;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>
/// What is activated of one tenant. There is never more than one slot of a subject, role, entity or request that has turns: a slot is
/// closed before it leaves, and a table leaves empty.
/// </summary>
internal sealed class TenantTable(ActorDirectory directory, TenantSlot slot, TenantId tenant)
{
    private volatile bool _isLeaving;

    public ActorDirectory Directory { get; } = directory;

    public TenantId Tenant { get; } = tenant;

    public TenantSlot Slot { get; } = slot;

    public ConcurrentDictionary<SubjectId, SubjectSlot> Subjects { get; } = new();

    public ConcurrentDictionary<RoleId, RoleSlot> Roles { get; } = new();

    public ConcurrentDictionary<EntityId, EntitySlot> Entities { get; } = new();

    public ConcurrentDictionary<string, RoleRequestSlot> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether nobody may come in, for now or for ever: to be looked at after coming in.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>Closes the table for ever if nobody is in it.</summary>
    public bool TryLeave()
    {
        _isLeaving = true;
        // Who comes in at this moment is seen here, or sees that the table is leaving.
        Interlocked.MemoryBarrier();
        if (Subjects.IsEmpty && Roles.IsEmpty && Entities.IsEmpty && Requests.IsEmpty && Slot.TryClose())
        {
            return true;
        }
        _isLeaving = false;
        return false;
    }

    /// <summary>Closes every slot behind its current turns.</summary>
    public Task EvictAsync() => Task.WhenAll(
    [
        .. Subjects.Select(pair => EvictAsync(Subjects, pair)), .. Roles.Select(pair => EvictAsync(Roles, pair)),
        .. Entities.Select(pair => EvictAsync(Entities, pair)), .. Requests.Select(pair => EvictAsync(Requests, pair)),
    ]);

    private static async Task EvictAsync<TKey, TSlot>(ConcurrentDictionary<TKey, TSlot> slots, KeyValuePair<TKey, TSlot> pair)
        where TKey : notnull
        where TSlot : Turns
    {
        await pair.Value.CloseAsync().ConfigureAwait(false);
        slots.TryRemove(pair);
    }
}
