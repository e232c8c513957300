using System.Collections;
using System.Numerics;

namespace AuthzCluster.Domain.Permissions;

/// <summary>
/// What a role gives, flattened: a hash table by resource and action. Immutable once made, and shared between roles
/// that give the same. Scopes of one resource and action stand in slots of their own, one behind the other.
/// </summary>
internal sealed class PermissionSet : IEnumerable<KeyValuePair<PermissionKey, Permission>>
{
    /// <summary>Gives nothing.</summary>
    public static readonly PermissionSet Empty = new(new Slot[1], 0, hasPatterns: false, hasWildcardAction: false);

    private readonly Slot[] _slots;
    private readonly bool _hasPatterns;
    private readonly bool _hasWildcardAction;

    internal PermissionSet(Slot[] slots, int count, bool hasPatterns, bool hasWildcardAction)
    {
        _slots = slots;
        Count = count;
        _hasPatterns = hasPatterns;
        _hasWildcardAction = hasWildcardAction;
    }

    /// <summary>How many permissions.</summary>
    public int Count { get; }

    /// <summary>Whether it gives this very permission, as it is written.</summary>
    public bool Contains(PermissionKey key)
    {
        for (var i = Start(key.Pair, _slots.Length); _slots[i].Value is not null; i = (i + 1) & (_slots.Length - 1))
        {
            if (_slots[i].Key == key)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The permissions of this set whose resource and action cover a question, most specific first; scopes unweighed.</summary>
    public Matches Match(in RequiredKeys required)
    {
        // Most sets name no patterns: then one look-up answers.
        var resources = _hasPatterns ? required.Resources : required.Resources[..(required.FirstIsExact ? 1 : 0)];
        return new Matches(_slots, resources, required.Action, _hasWildcardAction);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<PermissionKey, Permission>> GetEnumerator()
    {
        foreach (var slot in _slots)
        {
            if (slot.Value is not null)
            {
                yield return new(slot.Key, slot.Value);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Where the search for a resource and action starts in a table of a length that is a power of two.</summary>
    internal static int Start(ulong pair, int length) => (int)((pair * 0x9E3779B97F4A7C15UL) >> 32) & (length - 1);

    internal static int CapacityFor(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, (count * 4 / 3) + 1));

    internal struct Slot
    {
        public PermissionKey Key;
        public Permission? Value;
    }

    /// <summary>Walks the matches without allocating.</summary>
    public ref struct Matches
    {
        private readonly Slot[] _slots;
        private readonly ReadOnlySpan<int> _resources;
        private readonly int _action;
        private readonly bool _hasWildcardAction;
        private int _resource;
        private bool _onWildcardAction;
        private int _slot;
        private ulong _pair;

        internal Matches(Slot[] slots, ReadOnlySpan<int> resources, int action, bool hasWildcardAction)
        {
            _slots = slots;
            _resources = resources;
            _action = action;
            _hasWildcardAction = hasWildcardAction;
            _resource = 0;
            _onWildcardAction = false;
            _slot = -1;
            _pair = 0;
            Current = null!;
        }

        /// <summary>The match.</summary>
        public Permission Current { get; private set; }

        /// <summary>For <c>foreach</c>.</summary>
        public readonly Matches GetEnumerator() => this;

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            while (true)
            {
                if (_slot >= 0)
                {
                    for (; _slots[_slot].Value is { } value; _slot = (_slot + 1) & (_slots.Length - 1))
                    {
                        if (_slots[_slot].Key.Pair == _pair)
                        {
                            Current = value;
                            _slot = (_slot + 1) & (_slots.Length - 1);
                            return true;
                        }
                    }
                    _slot = -1;
                    Step();
                }
                if (_resource >= _resources.Length)
                {
                    return false;
                }
                var action = _onWildcardAction ? PermissionTable.WildcardId : _action;
                if (action == PermissionTable.Unknown || (!_onWildcardAction && action == PermissionTable.WildcardId && _hasWildcardAction))
                {
                    // A question for all actions is looked up once, as the wildcard.
                    Step();
                    continue;
                }
                _pair = new PermissionKey(_resources[_resource], action, PermissionScope.Own).Pair;
                _slot = Start(_pair, _slots.Length);
            }
        }

        private void Step()
        {
            if (!_onWildcardAction && _hasWildcardAction)
            {
                _onWildcardAction = true;
                return;
            }
            _onWildcardAction = false;
            _resource++;
        }
    }
}
