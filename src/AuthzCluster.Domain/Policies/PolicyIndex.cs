using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// The active policies of a tenant in their order, found by what they name: each stands under the part of its target that
/// it shares with the fewest others. Immutable; when policies change, the next one shares what they do not stand in.
/// </summary>
internal sealed class PolicyIndex
{
    /// <summary>From policies in their order, and where each stands.</summary>
    public PolicyIndex(CompiledPolicy[] ordered, PolicyPlaces places)
    {
        (Ordered, Places) = (ordered, places);
        UsesRoles = places.OfRoles.Count > 0 || Array.Exists(ordered, policy => policy.NamesRoles);
        AsksOutside = Array.Exists(ordered, policy => policy.AsksOutside);
    }

    /// <summary>All of them, in the order in which they are asked.</summary>
    public CompiledPolicy[] Ordered { get; }

    /// <summary>Where each stands.</summary>
    public PolicyPlaces Places { get; }

    /// <summary>Whether it matters which roles count.</summary>
    public bool UsesRoles { get; }

    /// <summary>Whether one of them asks an outside engine.</summary>
    public bool AsksOutside { get; }

    /// <summary>Finds the policies that can match whichever roles count. False: none can, then, and none by roles either.</summary>
    public bool Find(Permission asked, SubjectGrants grants, out PolicyLists found)
    {
        found = default;
        var texts = PolicyTexts.Of(asked, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var (resources, prefixes, suffixes) = (Places[PolicyPlace.Resource], Places[PolicyPlace.ResourcePrefix], Places[PolicyPlace.ResourceSuffix]);
        foreach (var length in texts.Lengths)
        {
            resources.Find(texts.Full[..length], ref found);
            foreach (var end in suffixes.Lengths)
            {
                if (end <= length)
                {
                    suffixes.Find(texts.Full[(length - end)..length], ref found);
                }
            }
        }
        foreach (var length in prefixes.Lengths)
        {
            if (length <= texts.Full.Length)
            {
                prefixes.Find(texts.Full[..length], ref found);
            }
        }
        Places[PolicyPlace.Action].Find(asked.Action, ref found);
        var principals = Places[PolicyPlace.Principal];
        foreach (var principal in principals.IsEmpty ? [] : grants.Principals)
        {
            principals.Find(principal, ref found);
        }
        if (Places.Rest.Length > 0)
        {
            found.Add(Places.Rest);
        }
        return found.Count > 0 || UsesRoles;
    }

    /// <summary>Adds those that can match because a role counts.</summary>
    public void FindByRoles(CountingRoles roles, ref PolicyLists found)
    {
        var principals = Places[PolicyPlace.Principal];
        foreach (var role in roles.All)
        {
            principals.Find(role.PrincipalText, ref found);
            if (Places.OfRoles.TryGetValue(role.Definition.Id, out var policies))
            {
                found.Add(policies);
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
        policies.Sort((a, b) => CompiledPolicy.Order(a.Definition, b.Definition));
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

    /// <summary>The index after a change of the model in which of the custom roles only <paramref name="touched"/> differ. A few policies that differ cost what they stand in.</summary>
    public static PolicyIndex? Next(PolicyIndex? index, TenantModel before, TenantModel after, IReadOnlyCollection<RoleId> touched)
    {
        if (IsSame(before, after, touched))
        {
            return index;
        }
        // What was placed one by one is placed together now and then: each stands best among those that it knew of.
        if (index is null || index.Places.Edits > index.Ordered.Length || PolicyDelta.Between(before, after, touched) is not { } delta)
        {
            return Build(after, index);
        }
        var edit = new PolicyIndexEdit(index);
        foreach (var (definition, role) in delta.Gone)
        {
            if (!edit.Remove(definition, role))
            {
                return Build(after, index);
            }
        }
        foreach (var (definition, role) in delta.Come)
        {
            edit.Add(new CompiledPolicy(definition, role, after.Custom));
        }
        return edit.ToIndex();
    }

    // By reference.
    private static bool IsSame(TenantModel before, TenantModel after, IEnumerable<RoleId> touched) =>
        ReferenceEquals(before.Policies, after.Policies) && touched.All(id => Of(before, id) is var old && Of(after, id) is var now
            && (old == now || (old.IsEmpty && now.IsEmpty)));

    private static ImmutableArray<PolicyDefinition> Of(TenantModel model, RoleId role) => model.Roles.GetValueOrDefault(role)?.Policies ?? [];

    // The very same definition: to compare contents would cost as much as to compile them.
    private sealed class SameDefinition : IEqualityComparer<(PolicyDefinition Definition, RoleId? Role)>
    {
        public static readonly SameDefinition Comparer = new();

        public bool Equals((PolicyDefinition Definition, RoleId? Role) x, (PolicyDefinition Definition, RoleId? Role) y) =>
            ReferenceEquals(x.Definition, y.Definition) && x.Role == y.Role;

        public int GetHashCode((PolicyDefinition Definition, RoleId? Role) obj) => obj.Definition.GetHashCode();
    }
}
