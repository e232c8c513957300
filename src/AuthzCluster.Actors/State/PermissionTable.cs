using System.Collections.Immutable;
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
    private Permission[] _sorted = [];
    private int[] _ranks = [];

    public void Add(ImmutableArray<Permission> permissions)
    {
        foreach (var permission in permissions)
        {
            _seen.TryAdd(permission, _seen.Count);
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
        _sorted = (Permission[])all.Clone();
        var order = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(_sorted, order);
        _ranks = new int[all.Length];
        var distinct = 0;
        for (var i = 0; i < _sorted.Length; i++)
        {
            distinct += i == 0 || !_sorted[i].Equals(_sorted[i - 1]) ? 1 : 0;
            _ranks[order[i]] = distinct - 1;
            _sorted[distinct - 1] = _sorted[i];
        }
        WriteSegments(to, _sorted.AsSpan(0, distinct));
    }

    public void WriteList(StateWriter to, ImmutableArray<Permission> permissions)
    {
        to.Number(permissions.Length);
        var last = 0;
        foreach (var permission in permissions)
        {
            var rank = _ranks[_seen[permission]];
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
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(list);
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
