using System.Collections.Immutable;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Tells what became of each policy about the resource in question, up to the one that decided.</summary>
internal static class PolicyExplainer
{
    /// <summary>One step for each, in the order in which they are asked.</summary>
    public static ImmutableArray<PolicyStep> Trace(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset at)
    {
        if (tenant.Policies is not { } index)
        {
            return [];
        }
        var now = at.UtcTicks;
        var bound = grants.BindTo(tenant, now);
        var keys = tenant.Table.Resolve(request.Permission, stackalloc int[tenant.Table.RoomFor(request.Permission)]);
        var texts = PolicyTexts.Of(request.Permission, stackalloc char[PolicyTexts.UsualRoom], stackalloc int[3]);
        var isGranted = new Weighing(tenant, grants, request, keys, now).Search(bound, out _, out _) == DecisionReason.Granted;
        var roles = CountingRoles.Of(bound, request, now);
        var (steps, limit) = (ImmutableArray.CreateBuilder<PolicyStep>(), new TellLimit());
        foreach (var policy in index.Ordered)
        {
            if (!policy.Resources.Matches(texts.Full, texts.Lengths))
            {
                continue;
            }
            var step = Step(tenant, policy, grants, request, roles, isGranted, now, limit);
            steps.Add(step);
            if (step.Decided)
            {
                break;
            }
        }
        return steps.ToImmutable();
    }

    /// <summary>Whether a policy is the tenant's, or of a role that counts.</summary>
    public static bool IsHeld(CompiledTenant tenant, CompiledPolicy policy, CountingRoles roles) =>
        policy.Role is not { } role || (tenant.Find(role) is { } held && roles.Contains(held));

    /// <summary>Whether a policy is about the action and the subject, its resources aside.</summary>
    public static bool IsTargeted(CompiledPolicy policy, SubjectGrants grants, AccessRequest request, CountingRoles roles) =>
        policy.Actions.Matches(request.Permission.Action) && PolicyWeighing.TargetsPrincipal(policy, grants, roles);

    private static PolicyStep Step(
        CompiledTenant tenant, CompiledPolicy policy, SubjectGrants grants, AccessRequest request, CountingRoles roles, bool isGranted, long now, TellLimit limit)
    {
        var isHeld = IsHeld(tenant, policy, roles);
        var isTargeted = isHeld && IsTargeted(policy, grants, request, roles);
        return new PolicyStep
        {
            Policy = policy.Definition.Id,
            Name = policy.Definition.Name,
            Effect = policy.Definition.Effect,
            Priority = policy.Definition.Priority,
            Role = policy.Role?.Value,
            Conditions = isTargeted
                ? [.. policy.Conditions.TakeWhile(_ => limit.Take())
                    .Select((condition, i) => ConditionExplainer.Tell(policy.Definition.Conditions[i], condition, request, now, tenant.Model.Custom, limit))]
                : [],
            Outcome = !isHeld ? PolicyOutcome.RoleNotHeld
                : !isTargeted ? PolicyOutcome.NotTargeted
                : policy.Holds(request, now) switch
                {
                    Truth.False => PolicyOutcome.ConditionNotMet,
                    Truth.Error => policy.Denies ? PolicyOutcome.DeniedOnError : PolicyOutcome.ConditionError,
                    _ => policy.Denies ? PolicyOutcome.Denied
                        : isGranted ? PolicyOutcome.Allowed
                        : policy.FindGrant(request, grants) is null ? PolicyOutcome.CoversNothing : PolicyOutcome.Granted,
                },
        };
    }
}
