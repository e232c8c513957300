using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Specification.Generation;

/// <summary>Up to 30 custom roles over the built-in ones: no cycles, at most ten in a chain, levels never below what is inherited.</summary>
internal sealed class RoleGenerator
{
    private const int MostRoles = 30;
    private const int LongestChain = 10;

    private readonly Dice _dice;
    private readonly ConditionGenerator _conditions;
    private readonly List<RoleDefinition> _all;
    private readonly Dictionary<RoleId, int> _chains = [];
    private readonly bool _isSteep;

    public RoleGenerator(Dice dice, string[] packs)
    {
        (_dice, _conditions, _all) = (dice, new ConditionGenerator(dice), [.. PackRoles.Of(packs)]);
        _isSteep = dice.Chance(25);
        foreach (var role in _all)
        {
            _chains[role.Id] = ChainOf(role);
        }
    }

    public ImmutableArray<RoleDefinition> Roles()
    {
        var builtIn = _all.Count;
        var count = 1 + _dice.Below(MostRoles);
        for (var i = 0; i < count; i++)
        {
            var role = Role(i);
            _all.Add(role);
            _chains[role.Id] = ChainOf(role);
        }
        return [.. _all.Skip(builtIn)];
    }

    private RoleDefinition Role(int i)
    {
        var name = _dice.Of([$"r{i}", $"R{i}", $"rôle {i}", $"roles/x.{i}"]);
        var parents = _dice.Some(_isSteep ? 1 : 0, _dice.Chance(70) ? 1 : 3, Parent).OfType<RoleDefinition>().DistinctBy(parent => parent.Id)
            .OrderBy(parent => parent.Id.Value, StringComparer.Ordinal).Select(Edge).ToImmutableArray();
        var floor = parents.Where(edge => edge.Type != InheritanceType.None)
            .Select(edge => _all.Find(role => role.Id == edge.Parent)!.Level).DefaultIfEmpty(0).Max();
        return new RoleDefinition
        {
            Id = new RoleId(_dice.Chance(50) ? name : $"id:{i}"),
            Name = name,
            DisplayName = name,
            Permissions = Permissions(0, 4),
            Parents = parents,
            Level = Math.Min(100, floor + (10 * _dice.Below(3))),
            IsActive = !_dice.Chance(10),
            IsDeleting = _dice.Chance(3),
            // Now and then later than what was given of a role that had the id before.
            CreatedAt = _dice.Chance(10) ? Alphabet.Now : Alphabet.Now.AddDays(-2),
        };
    }

    // Often the role made last, so that chains grow long; never one whose chain is full.
    private RoleDefinition? Parent()
    {
        var parent = _all.Count == 0 ? null : _dice.Chance(_isSteep ? 80 : 40) ? _all[^1] : _dice.Of(_all);
        return parent is null || _chains[parent.Id] >= LongestChain ? null : parent;
    }

    private ParentEdge Edge(RoleDefinition parent) => _dice.Below(10) switch
    {
        0 => new ParentEdge(parent.Id, InheritanceType.None),
        1 or 2 => new ParentEdge(parent.Id, InheritanceType.Partial) { Patterns = Permissions(1, 3) },
        3 or 4 => new ParentEdge(parent.Id, InheritanceType.Conditional) { Conditions = _conditions.Some(1) },
        _ => new ParentEdge(parent.Id),
    };

    private ImmutableArray<Permission> Permissions(int least, int most) =>
        [.. _dice.Some(least, most, () => Alphabet.Granted(_dice)).Distinct().Order()];

    private int ChainOf(RoleDefinition role) => 1 + role.Parents
        .Select(edge => _chains.TryGetValue(edge.Parent, out var known) ? known : ChainOf(_all.Find(one => one.Id == edge.Parent)!))
        .DefaultIfEmpty(0).Max();
}
