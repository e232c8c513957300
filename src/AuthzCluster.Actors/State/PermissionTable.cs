using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.State;

/// <summary>
/// The distinct permissions of a model, numbered in the order in which they came, so that a role's list is stored as
/// small steps. It only grows: pieces of the stored form that were made earlier stay valid. One that nobody names any
/// more goes when the model is next encoded from scratch.
/// </summary>
internal sealed class PermissionTable
{
    private const int SegmentSize = 1024;

    private readonly Dictionary<Permission, int> _numbers = [];
    private readonly List<Permission> _all = [];
    private readonly List<byte[]> _full = [];

    /// <summary>How many permissions.</summary>
    public int Count => _all.Count;

    /// <summary>Writes a list, adding to the table what is new.</summary>
    public void WriteList(StateWriter to, ImmutableArray<Permission> permissions)
    {
        to.Number(permissions.Length);
        var last = 0;
        foreach (var permission in permissions)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, permission, out var isThere);
            if (!isThere)
            {
                number = _all.Count;
                _all.Add(permission);
            }
            to.Signed(number - last);
            last = number;
        }
    }

    /// <summary>Writes the table as blocks, each compressed; the full ones are made once.</summary>
    public void Write(StateWriter to)
    {
        while (_all.Count - (_full.Count * SegmentSize) >= SegmentSize)
        {
            _full.Add(Segment(_full.Count * SegmentSize, SegmentSize));
        }
        var rest = _all.Count - (_full.Count * SegmentSize);
        to.Number(_full.Count + (rest > 0 ? 1 : 0));
        foreach (var segment in _full)
        {
            to.Block(segment);
        }
        if (rest > 0)
        {
            to.Block(Segment(_full.Count * SegmentSize, rest));
        }
    }

    public static Permission[] Read(ref StateReader from)
    {
        var table = new List<Permission>();
        for (var left = from.Count(); left > 0; left--)
        {
            var packed = from.Block();
            var segment = new StateReader(Compression.Decompress(ref packed));
            var names = new string[segment.Count()];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = segment.Text();
            }
            for (var rows = segment.Count(); rows > 0; rows--)
            {
                var (resource, action, scope) = (segment.Int32(), segment.Int32(), segment.Byte());
                if ((uint)resource >= (uint)names.Length || (uint)action >= (uint)names.Length || scope > (byte)PermissionScope.Any)
                {
                    throw segment.Damaged();
                }
                table.Add(new Permission(names[resource], names[action], (PermissionScope)scope));
            }
        }
        return [.. table];
    }

    public static ImmutableArray<Permission> ReadList(ref StateReader from, Permission[] table)
    {
        var list = new Permission[from.Count()];
        var number = 0;
        for (var i = 0; i < list.Length; i++)
        {
            number += (int)from.Signed();
            list[i] = (uint)number < (uint)table.Length ? table[number] : throw from.Damaged();
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(list);
    }

    private byte[] Segment(int start, int count)
    {
        var (content, names) = (new StateWriter(16 * 1024), new Dictionary<string, int>(StringComparer.Ordinal));
        var permissions = CollectionsMarshal.AsSpan(_all).Slice(start, count);
        foreach (var permission in permissions)
        {
            names.TryAdd(permission.Resource, names.Count);
            names.TryAdd(permission.Action, names.Count);
        }
        content.Number(names.Count);
        foreach (var name in names.Keys)
        {
            content.Text(name);
        }
        content.Number(count);
        foreach (var permission in permissions)
        {
            content.Number(names[permission.Resource]);
            content.Number(names[permission.Action]);
            content.Byte((byte)permission.Scope);
        }
        return Compression.Compress(content.Written);
    }
}
