using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// What a model knows of all its policies together, so that an edit costs what it changes and not what there is. Immutable; made of the policies where
/// the model was not made by an edit.
/// </summary>
internal sealed class PolicyLedger
{
    private readonly ImmutableDictionary<string, PolicyDefinition> _policies;
    private readonly ImmutableDictionary<RoleId, RoleDefinition> _roles;
    private readonly ImmutableDictionary<string, RoleId> _attached;

    // The tenant's policies as they were before the last edit of them, and the ids that it was about.
    private readonly ImmutableDictionary<string, PolicyDefinition>? _before;
    private readonly ImmutableArray<string> _edited;

    private PolicyLedger(
        ImmutableDictionary<string, PolicyDefinition> policies, ImmutableDictionary<RoleId, RoleDefinition> roles, ImmutableDictionary<string, RoleId> attached, long size,
        ImmutableDictionary<string, PolicyDefinition>? before, ImmutableArray<string> edited)
    {
        (_policies, _roles, _attached, Size, _before, _edited) = (policies, roles, attached, size, before, edited);
    }

    /// <summary>How large they are together, those attached to roles among them, as <see cref="PolicySize"/> counts.</summary>
    public long Size { get; }

    /// <summary>Counts those of a model.</summary>
    public static PolicyLedger Of(TenantModel model)
    {
        var nothing = new PolicyLedger(
            model.Policies, ImmutableDictionary<RoleId, RoleDefinition>.Empty, ImmutableDictionary.Create<string, RoleId>(StringComparer.Ordinal), model.Policies.Values.Sum(PolicySize.Of), null, []);
        return nothing.WithRoles(model.Roles, model.Roles.Values.Where(role => !role.Policies.IsEmpty).Select(role => role.Id));
    }

    /// <summary>Whether it is about the policies of a model.</summary>
    public bool IsOf(TenantModel model) => ReferenceEquals(_policies, model.Policies) && ReferenceEquals(_roles, model.Roles);

    /// <summary>The role that has a policy of an id; null: none has.</summary>
    public RoleId? HolderOf(string policy) => _attached.TryGetValue(policy, out var role) ? role : null;

    /// <summary>The ids of all the tenant's policies that differ from those of an earlier model; default: that is not known.</summary>
    public ImmutableArray<string> EditedSince(TenantModel earlier) =>
        ReferenceEquals(earlier.Policies, _policies) ? [] : ReferenceEquals(earlier.Policies, _before) ? _edited : default;

    /// <summary>The next one, after custom roles changed.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="changed">Those that differ.</param>
    public PolicyLedger WithRoles(ImmutableDictionary<RoleId, RoleDefinition> roles, IEnumerable<RoleId> changed)
    {
        var (size, attached, come) = (Size, _attached.ToBuilder(), new List<(PolicyDefinition Policy, RoleId Role)>());
        foreach (var id in changed.Distinct())
        {
            var (had, has) = (PoliciesOf(_roles, id), PoliciesOf(roles, id));
            if (had == has)
            {
                continue;
            }
            foreach (var policy in had)
            {
                size -= PolicySize.Of(policy);
                attached.Remove(policy.Id);
            }
            come.AddRange(has.Select(policy => (policy, id)));
        }
        // After what went, for one may have come from another role.
        foreach (var (policy, role) in come)
        {
            size += PolicySize.Of(policy);
            attached[policy.Id] = role;
        }
        return new PolicyLedger(_policies, roles, attached.ToImmutable(), size, _before, _edited);
    }

    /// <summary>The next one, after policies of the tenant changed.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="changed">The ids of those that differ, each once.</param>
    public PolicyLedger WithPolicies(ImmutableDictionary<string, PolicyDefinition> policies, ImmutableArray<string> changed)
    {
        var size = Size + changed.Sum(id => SizeOf(policies, id) - SizeOf(_policies, id));
        return new PolicyLedger(policies, _roles, _attached, size, _policies, changed);
    }

    private static long SizeOf(ImmutableDictionary<string, PolicyDefinition> policies, string id) => policies.TryGetValue(id, out var policy) ? PolicySize.Of(policy) : 0;

    private static ImmutableArray<PolicyDefinition> PoliciesOf(ImmutableDictionary<RoleId, RoleDefinition> roles, RoleId id) => roles.GetValueOrDefault(id)?.Policies ?? [];
}
