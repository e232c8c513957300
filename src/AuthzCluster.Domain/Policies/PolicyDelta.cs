using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>The active policies that went and came between two models, each with its role; null: it is the tenant's.</summary>
internal sealed class PolicyDelta
{
    // Where more than this differ, all are as cheap to index anew.
    private const int Few = 64;

    /// <summary>Those that are there no more.</summary>
    public List<(PolicyDefinition Definition, RoleId? Role)> Gone { get; } = [];

    /// <summary>Those that were not there.</summary>
    public List<(PolicyDefinition Definition, RoleId? Role)> Come { get; } = [];

    /// <summary>Between a model and a later one of the same packs, in which of the custom roles only <paramref name="touched"/> differ; null: many differ, or it is not known which.</summary>
    public static PolicyDelta? Between(TenantModel before, TenantModel after, IReadOnlyCollection<RoleId> touched)
    {
        var edited = after.Ledger.EditedSince(before);
        // One that stands in the place of a pack's is no ordinary one.
        if (edited.IsDefault || edited.Length + touched.Count > Few || BuiltInPacks.PoliciesOf(after.Packs).Any(policy => edited.Contains(policy.Id)))
        {
            return null;
        }
        var delta = new PolicyDelta();
        foreach (var id in edited)
        {
            Note(delta.Gone, before.Policies.GetValueOrDefault(id), null);
            Note(delta.Come, after.Policies.GetValueOrDefault(id), null);
        }
        foreach (var role in touched.Distinct())
        {
            var (had, has) = (before.Roles.GetValueOrDefault(role)?.Policies ?? [], after.Roles.GetValueOrDefault(role)?.Policies ?? []);
            foreach (var policy in had.Except<PolicyDefinition>(has, ReferenceEqualityComparer.Instance))
            {
                Note(delta.Gone, policy, role);
            }
            foreach (var policy in has.Except<PolicyDefinition>(had, ReferenceEqualityComparer.Instance))
            {
                Note(delta.Come, policy, role);
            }
        }
        return delta;
    }

    private static void Note(List<(PolicyDefinition Definition, RoleId? Role)> list, PolicyDefinition? policy, RoleId? role)
    {
        if (policy is { IsActive: true })
        {
            list.Add((policy, role));
        }
    }
}
