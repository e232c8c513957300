using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.State;

/// <summary>
/// The distinct permissions of a model in canonical order, so that a list of them is stored as small steps through the
/// table, and comes back as shared objects.
/// </summary>
internal sealed class PermissionTable
{
    // Equal permissions are mostly one object: looking them up by reference spares hashing their texts.
    private readonly Dictionary<Permission, int> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _added = [];
    private int[] _ranks = [];
    private int _next;

    /// <summary>Adds a list. Lists are written later in the order in which they were added.</summary>
    public void Add(ImmutableArray<Permission> permissions)
    {
        foreach (var permission in permissions)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, permission, out var isThere);
            index = isThere ? index : _seen.Count - 1;
            _added.Add(index);
        }
    }

    /// <summary>Writes the table; after this, lists can be written.</summary>
    public void Write(StateWriter to)
    {
        var all = new Permission[_seen.Count];
        foreach (var (permission, index) in _seen)
        {
            all[index] = permission;
        }
        var order = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(all, order);
        _ranks = new int[all.Length];
        var distinct = 0;
        for (var i = 0; i < all.Length; i++)
        {
            distinct += i == 0 || !all[i].Equals(all[i - 1]) ? 1 : 0;
            _ranks[order[i]] = distinct - 1;
            all[distinct - 1] = all[i];
        }
        WriteSegments(to, all.AsSpan(0, distinct));
    }

    /// <summary>Writes the list of so many that was added next.</summary>
    public void WriteList(StateWriter to, int count)
    {
        to.Number(count);
        var last = 0;
        for (var end = _next + count; _next < end; _next++)
        {
            var rank = _ranks[_added[_next]];
            to.Number(rank - last);
            last = rank;
        }
    }

    public static Permission[] Read(ref StateReader from)
    {
        var segments = new string[from.Count()];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = from.Text();
        }
        var table = new Permission[from.Count()];
        for (var i = 0; i < table.Length; i++)
        {
            var (resource, action, scope) = (from.Int32(), from.Int32(), from.Byte());
            if (resource >= segments.Length || action >= segments.Length || scope > (byte)PermissionScope.Any)
            {
                throw from.Damaged();
            }
            table[i] = new Permission(segments[resource], segments[action], (PermissionScope)scope);
        }
        return table;
    }

    public static ImmutableArray<Permission> ReadList(ref StateReader from, Permission[] table)
    {
        var list = new Permission[from.Count()];
        var rank = 0;
        for (var i = 0; i < list.Length; i++)
        {
            rank += from.Int32();
            list[i] = (uint)rank < (uint)table.Length ? table[rank] : throw from.Damaged();
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(list);
    }

    private static void WriteSegments(StateWriter to, ReadOnlySpan<Permission> table)
    {
        var segments = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var permission in table)
        {
            segments.TryAdd(permission.Resource, segments.Count);
            segments.TryAdd(permission.Action, segments.Count);
        }
        to.Number(segments.Count);
        foreach (var segment in segments.Keys)
        {
            to.Text(segment);
        }
        to.Number(table.Length);
        foreach (var permission in table)
        {
            to.Number(segments[permission.Resource]);
            to.Number(segments[permission.Action]);
            to.Byte((byte)permission.Scope);
        }
    }
}
