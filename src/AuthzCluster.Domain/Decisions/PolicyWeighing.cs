using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Steps 4 to 6 for one question, at any instant. Only policies that can match are looked at.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="found">The policies that can match whichever roles count.</param>
/// <param name="grants">What the subject holds.</param>
/// <param name="bound">The same, joined with the tenant.</param>
/// <param name="request">The question.</param>
/// <param name="keys">The question as numbers.</param>
/// <param name="texts">The question as policies name it.</param>
internal readonly ref struct PolicyWeighing(
    CompiledTenant tenant, PolicyLists found, SubjectGrants grants, BoundGrants bound, AccessRequest request, RequiredKeys keys, PolicyTexts texts)
{
    private readonly RequiredKeys _keys = keys;
    private readonly PolicyTexts _texts = texts;

    /// <summary>Decides. The policies of which one could decide are asked in their order; the first that holds does.</summary>
    public PolicyVerdict At(long now)
    {
        var index = tenant.Policies!;
        var reason = new Weighing(tenant, grants, request, _keys, now).Search(bound, out var granting, out var permission);
        var isGranted = reason == DecisionReason.Granted;
        var verdict = new PolicyVerdict(reason, granting, permission, null, CompiledCondition.Never);
        var roles = index.UsesRoles ? CountingRoles.Of(bound, request, now) : CountingRoles.None;
        var lists = Lists(index, roles);
        var order = new PolicyOrder(lists, lists.Count <= PolicyOrder.FewLists ? stackalloc int[PolicyOrder.FewLists] : new int[PolicyOrder.RoomFor(lists.Count)]);
        var (isDecided, canTurn, changes) = (false, false, CompiledCondition.Never);
        while (order.Next() is { } policy)
        {
            if (!Targets(policy, roles))
            {
                continue;
            }
            var given = policy.Denies || isGranted ? null : policy.FindGrant(request, grants);
            if (!policy.Denies && !isGranted && given is null)
            {
                continue;
            }
            canTurn |= policy.Denies == isGranted;
            if (!isDecided)
            {
                changes = Math.Min(changes, policy.ChangesAfter(request, now));
                var truth = policy.Holds(request, now);
                isDecided = Decides(policy, truth);
                verdict = isDecided ? Of(policy, truth, given, verdict) : verdict;
            }
            else if (request.Outside is { LooksAhead: true })
            {
                policy.Holds(request, now);
            }
            // What comes after matters only where time may undo the decision.
            if (isDecided && (canTurn || changes == CompiledCondition.Never) && request.Outside is not { LooksAhead: true })
            {
                break;
            }
        }
        // Where no policy could make of what the grants come to anything else, no condition of one makes a difference.
        return verdict with { ChangesAfter = canTurn ? changes : CompiledCondition.Never };
    }

    /// <summary>The grants that may make a difference at some time: those that may grant this, or bring a role that policies go by. The hours of others are nothing to it.</summary>
    public BoundGrant[] Possible(long now)
    {
        var possible = new List<BoundGrant>();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if ((tenant.Policies!.UsesRoles || grant.Role.Possible.Match(_keys).MoveNext()) && (request.Outside is not null || grant.Assignment.MayApply(request, now)))
            {
                possible.Add(grant);
            }
        }
        return [.. possible];
    }

    /// <summary>Whether any grant comes, goes or depends on the time.</summary>
    public bool HasTimes(long now) => bound.DependsOnTime || bound.LatestStart > now || Array.Exists(bound.Grants, grant => grant.Ends != BoundGrant.Never);

    /// <summary>Whether a policy decides where its conditions come to this: an error makes a denial hold and nothing else.</summary>
    public static bool Decides(CompiledPolicy policy, Truth truth) => truth == Truth.True || (truth == Truth.Error && policy.Denies);

    /// <summary>Whether who asks, or a role that counts, is among those a policy is about.</summary>
    public static bool TargetsPrincipal(CompiledPolicy policy, SubjectGrants grants, CountingRoles roles)
    {
        if (policy.Principals.MatchesAll)
        {
            return true;
        }
        foreach (var principal in grants.Principals)
        {
            if (policy.Principals.Matches(principal))
            {
                return true;
            }
        }
        return policy.NamesRoles && roles.AnyOf(policy.Principals);
    }

    private static PolicyVerdict Of(CompiledPolicy policy, Truth truth, Permission? given, PolicyVerdict verdict) =>
        policy.Denies ? new(truth == Truth.Error ? DecisionReason.PolicyError : DecisionReason.DeniedByPolicy, -1, null, policy, CompiledCondition.Never)
        : given is null ? verdict with { Policy = policy }
        : new(DecisionReason.GrantedByPolicy, -1, given, policy, CompiledCondition.Never);

    private bool Targets(CompiledPolicy policy, CountingRoles roles) =>
        policy.Resources.Matches(_texts.Full, _texts.Lengths) && policy.Actions.Matches(request.Permission.Action) && TargetsPrincipal(policy, grants, roles);

    private PolicyLists Lists(PolicyIndex index, CountingRoles roles)
    {
        var all = found;
        index.FindByRoles(roles, ref all);
        return all;
    }
}
