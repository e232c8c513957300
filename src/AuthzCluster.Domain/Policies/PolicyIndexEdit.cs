using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// Makes of an index one in which a few policies differ. What they stand in is copied, list by list and table by table; all else is shared, and nothing is
/// compiled, sorted or placed anew but they.
/// </summary>
internal sealed class PolicyIndexEdit
{
    private readonly PolicyPlaces _before;
    private readonly List<CompiledPolicy> _ordered;
    private readonly Dictionary<string, CompiledPolicy[]>?[] _opened;
    private readonly ImmutableDictionary<(PolicyPlace Place, string Text), int>.Builder _named;
    private Dictionary<RoleId, CompiledPolicy[]>? _ofRoles;
    private CompiledPolicy[] _rest;
    private int _edits;

    /// <summary>Nothing differs yet.</summary>
    public PolicyIndexEdit(PolicyIndex index)
    {
        _before = index.Places;
        _ordered = [.. index.Ordered];
        _opened = new Dictionary<string, CompiledPolicy[]>?[_before.Tables.Length];
        _named = _before.Named.ToBuilder();
        (_rest, _edits) = (_before.Rest, _before.Edits);
    }

    /// <summary>Takes a policy out; false: this very one is not there.</summary>
    public bool Remove(PolicyDefinition definition, RoleId? role)
    {
        var index = PolicyArrays.IndexOf(CollectionsMarshal.AsSpan(_ordered), definition);
        if (index < 0 || !ReferenceEquals(_ordered[index].Definition, definition) || _ordered[index].Role != role)
        {
            return false;
        }
        var policy = _ordered[index];
        _ordered.RemoveAt(index);
        _edits++;
        if (role is { } holder)
        {
            Set(OfRoles, holder, PolicyArrays.Without(OfRoles[holder], policy));
        }
        else if (policy.Choices.Length == 0)
        {
            _rest = PolicyArrays.Without(_rest, policy);
        }
        else
        {
            Take(policy);
        }
        return true;
    }

    /// <summary>Puts a policy in.</summary>
    public void Add(CompiledPolicy policy)
    {
        var index = PolicyArrays.IndexOf(CollectionsMarshal.AsSpan(_ordered), policy.Definition);
        _ordered.Insert(index < 0 ? ~index : index, policy);
        _edits++;
        if (policy.Role is { } holder)
        {
            OfRoles[holder] = PolicyArrays.With(OfRoles.GetValueOrDefault(holder, []), policy);
        }
        else if (policy.Choices.Length == 0)
        {
            _rest = PolicyArrays.With(_rest, policy);
        }
        else
        {
            Put(policy);
        }
    }

    /// <summary>The index; null: nothing is left.</summary>
    public PolicyIndex? ToIndex()
    {
        var tables = _before.Tables.Select((table, place) => _opened[place] is { } lists ? new PolicyTable(lists) : table);
        return _ordered.Count == 0 ? null
            : new PolicyIndex([.. _ordered], new PolicyPlaces([.. tables], _ofRoles ?? _before.OfRoles, _rest, _named.ToImmutable(), _edits));
    }

    private Dictionary<RoleId, CompiledPolicy[]> OfRoles => _ofRoles ??= new(_before.OfRoles);

    private void Put(CompiledPolicy policy)
    {
        foreach (var key in policy.Choices.SelectMany(choice => choice))
        {
            _named[key] = _named.GetValueOrDefault(key) + 1;
        }
        foreach (var (place, text) in PolicyPlaces.Choose(policy, _named))
        {
            var lists = Open(place);
            lists[text] = PolicyArrays.With(lists.GetValueOrDefault(text, []), policy);
        }
    }

    // It stands under one of its choices, and there under each text.
    private void Take(CompiledPolicy policy)
    {
        foreach (var (place, text) in policy.Choices.First(choice => PolicyArrays.Has(ListOf(choice[0].Place, choice[0].Text), policy)))
        {
            var lists = Open(place);
            Set(lists, text, PolicyArrays.Without(lists[text], policy));
        }
        foreach (var key in policy.Choices.SelectMany(choice => choice))
        {
            if (--_named[key] == 0)
            {
                _named.Remove(key);
            }
        }
    }

    private static void Set<TKey>(Dictionary<TKey, CompiledPolicy[]> lists, TKey key, CompiledPolicy[] policies)
        where TKey : notnull
    {
        if (policies.Length == 0)
        {
            lists.Remove(key);
        }
        else
        {
            lists[key] = policies;
        }
    }

    private CompiledPolicy[] ListOf(PolicyPlace place, string text) => _opened[(int)place] is { } lists ? lists.GetValueOrDefault(text, []) : _before[place].Of(text);

    private Dictionary<string, CompiledPolicy[]> Open(PolicyPlace place) => _opened[(int)place] ??= _before[place].Copy();
}
