using static AuthzCluster.Domain.Permissions.PermissionSet;

namespace AuthzCluster.Domain.Permissions;

/// <summary>Gathers what a role gives; the result is one of its inputs where that has it all.</summary>
internal sealed class PermissionSetBuilder(int expected)
{
    private Slot[] _slots = new Slot[CapacityFor(expected)];
    private int _count;
    private bool _hasPatterns;
    private bool _hasWildcardAction;

    /// <summary>Adds one.</summary>
    public void Add(PermissionKey key, Permission permission)
    {
        if ((_count + 1) * 4 > _slots.Length * 3)
        {
            Grow();
        }
        if (!Insert(_slots, key, permission))
        {
            return;
        }
        _count++;
        _hasWildcardAction |= key.Action == PermissionTable.WildcardId;
        _hasPatterns |= permission.Resource.EndsWith('*');
    }

    /// <summary>Adds all of a set.</summary>
    public void Add(PermissionSet set)
    {
        foreach (var (key, permission) in set)
        {
            Add(key, permission);
        }
    }

    /// <summary>The set; <paramref name="candidates"/> are sets that were added: one that is as large is the same.</summary>
    public PermissionSet Build(params ReadOnlySpan<PermissionSet> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Count == _count)
            {
                return candidate;
            }
        }
        if (_count == 0)
        {
            return Empty;
        }
        if (CapacityFor(_count) < _slots.Length)
        {
            Rehash(CapacityFor(_count));
        }
        return new PermissionSet(_slots, _count, _hasPatterns, _hasWildcardAction);
    }

    private void Grow() => Rehash(_slots.Length * 2);

    private void Rehash(int length)
    {
        var slots = new Slot[length];
        foreach (var slot in _slots)
        {
            if (slot.Value is not null)
            {
                Insert(slots, slot.Key, slot.Value);
            }
        }
        _slots = slots;
    }

    // Scopes of one resource and action stand narrow before broad, so that the narrowest that counts is met first.
    private static bool Insert(Slot[] slots, PermissionKey key, Permission permission)
    {
        var i = Start(key.Pair, slots.Length);
        for (; slots[i].Value is { } there; i = (i + 1) & (slots.Length - 1))
        {
            if (slots[i].Key == key)
            {
                return false;
            }
            if (slots[i].Key.Pair == key.Pair && slots[i].Key.Scope > key.Scope)
            {
                (slots[i].Key, key) = (key, slots[i].Key);
                (slots[i].Value, permission) = (permission, there);
            }
        }
        slots[i].Key = key;
        slots[i].Value = permission;
        return true;
    }
}
