using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// The active policies of a tenant in their order, found by what they name: each stands under the part of its target that
/// it shares with the fewest others. Immutable; made anew when a policy changes, of the same compiled policies but those.
/// </summary>
internal sealed class PolicyIndex
{
    private readonly PolicyTable _resources;
    private readonly PolicyTable _prefixes;
    private readonly PolicyTable _suffixes;
    private readonly PolicyTable _actions;
    private readonly PolicyTable _principals;
    private readonly Dictionary<RoleId, int[]> _ofRoles;
    private readonly int[] _rest;

    /// <summary>From policies in their order, and where each stands.</summary>
    public PolicyIndex(CompiledPolicy[] ordered, PolicyIndexBuilder places)
    {
        Ordered = ordered;
        _resources = places.Table(PolicyIndexBuilder.Place.Resource);
        _prefixes = places.Table(PolicyIndexBuilder.Place.ResourcePrefix);
        _suffixes = places.Table(PolicyIndexBuilder.Place.ResourceSuffix);
        _actions = places.Table(PolicyIndexBuilder.Place.Action);
        _principals = places.Table(PolicyIndexBuilder.Place.Principal);
        _ofRoles = places.OfRoles.ToDictionary(list => list.Key, list => list.Value.ToArray());
        _rest = [.. places.Rest];
        UsesRoles = _ofRoles.Count > 0 || Array.Exists(ordered, policy => NamesRoles(policy.Principals));
        AsksOutside = Array.Exists(ordered, policy => policy.AsksOutside);
        UsesPrincipals = UsesRoles || Array.Exists(ordered, policy => !policy.Principals.MatchesAll);
    }

    /// <summary>All of them, in the order in which they are asked; the place of each is its rank.</summary>
    public CompiledPolicy[] Ordered { get; }

    /// <summary>Whether it matters which roles count.</summary>
    public bool UsesRoles { get; }

    /// <summary>Whether one of them asks an outside engine.</summary>
    public bool AsksOutside { get; }

    /// <summary>Whether it matters who asks.</summary>
    public bool UsesPrincipals { get; }

    /// <summary>Finds the policies that can match whichever roles count. False: none can, then, and none by roles either.</summary>
    public bool Find(Permission asked, SubjectGrants grants, out PolicyLists found)
    {
        found = default;
        var texts = PolicyTexts.Of(asked, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        foreach (var length in texts.Lengths)
        {
            _resources.Find(texts.Full[..length], ref found);
            foreach (var end in _suffixes.Lengths)
            {
                if (end <= length)
                {
                    _suffixes.Find(texts.Full[(length - end)..length], ref found);
                }
            }
        }
        foreach (var length in _prefixes.Lengths)
        {
            if (length <= texts.Full.Length)
            {
                _prefixes.Find(texts.Full[..length], ref found);
            }
        }
        _actions.Find(asked.Action, ref found);
        foreach (var principal in _principals.IsEmpty ? [] : grants.Principals)
        {
            _principals.Find(principal, ref found);
        }
        if (_rest.Length > 0)
        {
            found.Add(_rest);
        }
        return found.Count > 0 || UsesRoles;
    }

    /// <summary>Adds those that can match because a role counts.</summary>
    public void FindByRoles(CountingRoles roles, ref PolicyLists found)
    {
        foreach (var role in roles.All)
        {
            _principals.Find(role.PrincipalText, ref found);
            if (_ofRoles.TryGetValue(role.Definition.Id, out var ranks))
            {
                found.Add(ranks);
            }
        }
    }

    /// <summary>Indexes the active policies of a model; null: it has none. What did not change is taken from <paramref name="before"/>.</summary>
    public static PolicyIndex? Build(TenantModel model, PolicyIndex? before)
    {
        var known = before?.Ordered.ToDictionary(policy => (policy.Definition, policy.Role), SameDefinition.Comparer);
        var policies = new List<CompiledPolicy>();
        // A pack's gives way to one that is tried in its place.
        Add(BuiltInPacks.PoliciesOf(model.Packs).Where(policy => !model.Policies.ContainsKey(policy.Id)), null);
        Add(model.Policies.Values, null);
        foreach (var role in model.Roles.Values)
        {
            Add(role.Policies, role.Id);
        }
        policies.Sort(CompiledPolicy.Order);
        return policies.Count == 0 ? null : PolicyIndexBuilder.Index([.. policies]);

        void Add(IEnumerable<PolicyDefinition> definitions, RoleId? role)
        {
            foreach (var definition in definitions)
            {
                if (definition.IsActive)
                {
                    policies.Add(known?.GetValueOrDefault((definition, role)) ?? new CompiledPolicy(definition, role, model.Custom));
                }
            }
        }
    }

    /// <summary>Whether two models of a tenant have the same policies, by reference; <paramref name="touched"/> are the custom roles that differ.</summary>
    public static bool IsSame(TenantModel before, TenantModel after, IEnumerable<RoleId> touched) =>
        ReferenceEquals(before.Policies, after.Policies) && touched.All(id => Of(before, id) is var old && Of(after, id) is var now
            && (old == now || (old.IsEmpty && now.IsEmpty)));

    private static ImmutableArray<PolicyDefinition> Of(TenantModel model, RoleId role) => model.Roles.GetValueOrDefault(role)?.Policies ?? [];

    private static bool NamesRoles(PatternSet principals) => Array.Exists(principals.Patterns, pattern => pattern.Kind switch
    {
        PolicyPattern.Form.All => false,
        PolicyPattern.Form.Suffix => true,
        PolicyPattern.Form.Prefix => CompiledRole.PrincipalType.StartsWith(pattern.Text, StringComparison.Ordinal)
            || pattern.Text.StartsWith(CompiledRole.PrincipalType, StringComparison.Ordinal),
        _ => pattern.Text.StartsWith(CompiledRole.PrincipalType, StringComparison.Ordinal),
    });

    // The very same definition: to compare contents would cost as much as to compile them.
    private sealed class SameDefinition : IEqualityComparer<(PolicyDefinition Definition, RoleId? Role)>
    {
        public static readonly SameDefinition Comparer = new();

        public bool Equals((PolicyDefinition Definition, RoleId? Role) x, (PolicyDefinition Definition, RoleId? Role) y) =>
            ReferenceEquals(x.Definition, y.Definition) && x.Role == y.Role;

        public int GetHashCode((PolicyDefinition Definition, RoleId? Role) obj) => obj.Definition.GetHashCode();
    }
}
