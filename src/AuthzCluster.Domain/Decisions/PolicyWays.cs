using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What policies take to let something through.</summary>
/// <param name="now">The instant, in UTC ticks.</param>
internal sealed class PolicyWays(long now)
{
    /// <summary>
    /// The policies that can have a say in a question about the subject, in their order: active ones, and allows that are switched off, of the tenant or of a role that the
    /// subject was given or that is above one.
    /// </summary>
    public static ImmutableArray<CompiledPolicy> About(CompiledTenant tenant, SubjectGrants grants, AccessRequest request)
    {
        var texts = PolicyTexts.Of(request.Permission, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var found = new List<CompiledPolicy>();
        foreach (var policy in tenant.Policies?.Ordered ?? [])
        {
            if (policy.Resources.Matches(texts.Full, texts.Lengths) && policy.Actions.Matches(request.Permission.Action))
            {
                found.Add(policy);
            }
        }
        foreach (var (definition, role) in SwitchedOff(tenant, grants))
        {
            if (PatternSet.Of(definition.Resources.Select(PolicyPattern.Of)).Matches(texts.Full, texts.Lengths)
                && PatternSet.Of(definition.Actions.Select(PolicyPattern.Of)).Matches(request.Permission.Action))
            {
                found.Add(new CompiledPolicy(definition, role, tenant.Model.Custom));
            }
        }
        found.Sort((a, b) => CompiledPolicy.Order(a.Definition, b.Definition));
        return [.. found];
    }

    /// <summary>The ways to let through what a proposal comes to: without what denies; or by an allow that comes first once it is mended.</summary>
    public IEnumerable<Proposal> Of(Proposal proposal)
    {
        var (tenant, grants) = proposal.State.Compile(withPolicies: false);
        var request = proposal.State.Request;
        var bound = grants.BindTo(tenant, now);
        var isGranted = IsGranted(tenant, grants, bound, request, now);
        var roles = CountingRoles.Of(bound, request, now);
        var (denials, first, decides) = (new List<Change>(), (List<Change>?)null, false);
        foreach (var policy in proposal.State.Policies)
        {
            if (proposal.State.Dropped.Contains(policy.Definition.Id) || !PolicyExplainer.IsHeld(tenant, policy, roles) || !PolicyWeighing.TargetsPrincipal(policy, grants, roles))
            {
                continue;
            }
            if (policy.Denies)
            {
                if (Denial(policy, request) is { } denial)
                {
                    denials.Add(denial);
                }
            }
            else if (Mending(policy, grants, request, isGranted) is { } mending)
            {
                // Those before it would deny all the same.
                first = first is null || denials.Count + mending.Count < first.Count ? [.. denials, .. mending] : first;
                if (decides = mending.Count == 0)
                {
                    break;
                }
            }
        }
        if (first is not null)
        {
            yield return proposal.With(first);
        }
        if (isGranted && !(decides && first!.Count == denials.Count))
        {
            yield return proposal.With(denials);
        }
    }

    /// <summary>Whether the grants alone give what is asked.</summary>
    public static bool IsGranted(CompiledTenant tenant, SubjectGrants grants, BoundGrants bound, AccessRequest request, long now)
    {
        var keys = tenant.Table.Resolve(request.Permission, stackalloc int[tenant.Table.RoomFor(request.Permission)]);
        return new Weighing(tenant, grants, request, keys, now).Search(bound, out _, out _) == DecisionReason.Granted;
    }

    private Change? Denial(CompiledPolicy policy, AccessRequest request)
    {
        var truth = policy.Holds(request, now);
        return !PolicyWeighing.Decides(policy, truth) ? null : new(
            new Obstacle(ObstacleKind.Policy) { Policy = policy.Definition.Id, Detail = truth == Truth.Error ? "a condition could not be evaluated" : null },
            state => state with { Dropped = state.Dropped.Add(policy.Definition.Id) });
    }

    // Null: it would allow nothing even so.
    private List<Change>? Mending(CompiledPolicy policy, SubjectGrants grants, AccessRequest request, bool isGranted)
    {
        var (definition, changes) = (policy.Definition, new List<Change>());
        var told = new Obstacle(ObstacleKind.InactivePolicy) { Policy = definition.Id };
        if (!definition.IsActive)
        {
            changes.Add(new(told, one => Replace(one, known => known with { IsActive = true })));
        }
        var truth = policy.Holds(request, now);
        if (truth != Truth.True)
        {
            var detail = truth == Truth.Error ? "a condition could not be evaluated" : "a condition of the policy";
            changes.Add(new(told with { Kind = ObstacleKind.Condition, Detail = detail }, one => Replace(one, known => known with { Conditions = [] })));
        }
        return isGranted || policy.FindGrant(request, grants) is not null ? changes : null;

        WhatIf Replace(WhatIf one, Func<PolicyDefinition, PolicyDefinition> change) => one.With(
            new CompiledPolicy(change(one.Policies.First(known => known.Definition.Id == definition.Id).Definition), policy.Role, one.Tenant.Model.Custom));
    }

    private static IEnumerable<(PolicyDefinition Policy, RoleId? Role)> SwitchedOff(CompiledTenant tenant, SubjectGrants grants)
    {
        foreach (var policy in tenant.Model.Policies.Values.Where(IsOff))
        {
            yield return (policy, null);
        }
        var seen = new HashSet<RoleId>();
        var open = new Stack<RoleId>(grants.All(tenant).Select(assignment => assignment.Definition.Role));
        while (open.TryPop(out var id))
        {
            if (seen.Add(id) && tenant.Find(id) is { Definition: { IsDeleting: false } role })
            {
                foreach (var policy in role.Policies.Where(IsOff))
                {
                    yield return (policy, id);
                }
                foreach (var edge in role.Parents)
                {
                    open.Push(edge.Parent);
                }
            }
        }
    }

    private static bool IsOff(PolicyDefinition policy) => policy is { IsActive: false, Effect: PolicyEffect.Allow };
}
