using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Specification.Generation;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>What holds of every decision, over generated worlds.</summary>
public class DecisionLawTests
{
    private const int Worlds = 150;

    [Fact]
    public void Law_WithoutGrants_EverythingIsDenied() => ForEach((world, tenant, question, _) =>
    {
        var nobody = SubjectGrants.Compile(question.Request.Subject, SubjectAssignments.None);
        var reason = DecisionEngine.Decide(tenant, nobody, question.Request, question.At).Reason;
        Assert.True(reason is DecisionReason.NoAssignment || (reason is DecisionReason.DeniedByPolicy && tenant.Model.Packs.Contains("business")), $"{reason}");
    });

    [Fact]
    public void Law_AnotherGrant_NeverTurnsAllowIntoDeny() => ForEach((world, tenant, question, state) =>
    {
        var more = world.Subjects.SelectMany(other => other.State.Live).Take(5);
        var richer = state with { Live = [.. state.Live, .. more.Select((grant, i) => grant with { Id = $"more{i}" })] };
        Assert.True(!Decide(tenant, state, question).IsAllowed || Decide(tenant, richer, question).IsAllowed);
    });

    [Fact]
    public void Law_OrderOfAssignments_DoesNotMatter() => ForEach((_, tenant, question, state) =>
        Assert.Equal(Decide(tenant, state, question), Decide(tenant, state with { Live = [.. state.Live.Reverse()] }, question)));

    [Fact]
    public void Law_TheSameGrantTwice_DecidesAlike() => ForEach((_, tenant, question, state) =>
    {
        var twice = state with { Live = [.. state.Live, .. state.Live.Select(grant => grant with { Id = grant.Id + "~" })] };
        Assert.Equal(Decide(tenant, state, question), Decide(tenant, twice, question));
    });

    [Fact]
    public void Law_AConditionThatFails_NeverTurnsDenyIntoAllow() => ForEach((_, tenant, question, state) =>
    {
        var broken = new Condition("attribute_match", AttributeBag.Empty);
        var failing = state with { Live = Breaking(state.Live), History = Breaking(state.History) };
        Assert.True(Decide(tenant, state, question).IsAllowed || !Decide(tenant, failing, question).IsAllowed);
        Assert.False(Decide(tenant, failing with { Teams = [] }, question).IsAllowed);

        ImmutableArray<Assignment> Breaking(ImmutableArray<Assignment> grants) =>
            [.. grants.Select(grant => grant with { Conditions = [.. grant.Conditions, broken] })];
    });

    [Fact]
    public void Law_ARevokedRole_GrantsNothingAnyMore() => ForEach((_, tenant, question, state) =>
    {
        if (Decide(tenant, state, question) is { IsAllowed: true } decision && state.Live.FirstOrDefault(grant => grant.Id == decision.MatchedAssignment) is { } grant)
        {
            var after = SubjectEditor.Revoke(state, question.Request.Subject, grant.Role, scope: null, question.At);
            Assert.NotEqual(grant.Id, Decide(tenant, after.Value!.State, question).MatchedAssignment);
            Assert.DoesNotContain(after.Value.State.Live, left => left.Role == grant.Role && left.IsLiveAt(question.At));
        }
    });

    [Fact]
    public void Law_ASweep_ChangesNoAnswer() => ForEach((world, tenant, question, state) =>
    {
        var later = world.Model.UpdatedAt.AddHours(2);
        var model = TeamGrantEditor.Expire(world.Model, later).Model with { Revision = world.Model.Revision };
        var swept = SubjectEditor.Expire(state, question.Request.Subject, later).State with { Revision = state.Revision };
        // What was given before its role was made is not taken for that role's once it has ended: it cannot be live.
        if (swept.History.Concat(model.TeamHistory.Values.SelectMany(grants => grants)).All(one => model.Catalog.Find(one.Role) is not { } role || one.IsOf(role)))
        {
            Assert.Equal(Decide(tenant, state, question), Decide(CompiledTenant.Compile(model), swept, question));
        }
    });

    [Fact]
    public void Law_Explain_TellsTheSameDecisionAndItsCause() => ForEach((_, tenant, question, state) =>
    {
        var grants = SubjectGrants.Compile(question.Request.Subject, state);
        var explanation = DecisionEngine.Explain(tenant, grants, question.Request, question.At);
        var granting = explanation.Trace.FirstOrDefault(step => step.Outcome == TraceOutcome.Granted);
        Assert.Equal(Decide(tenant, state, question), explanation.Decision);
        if (explanation.Decision.MatchedPolicy is not null)
        {
            return;
        }
        Assert.Equal(explanation.Decision.MatchedAssignment, granting?.Assignment);
        Assert.Equal(explanation.Decision.MatchedPermission, granting?.Permission);
        Assert.Equal(explanation.Decision.Reason, Nearest(explanation));
    });

    [Fact]
    public void Law_Explain_TellsThePolicyThatDecided() => ForEach((_, tenant, question, state) =>
    {
        var grants = SubjectGrants.Compile(question.Request.Subject, state);
        var explanation = DecisionEngine.Explain(tenant, grants, question.Request, question.At);
        var last = explanation.Policies.LastOrDefault();
        Assert.Equal(explanation.Decision.MatchedPolicy, last is { Decided: true } ? last.Policy : null);
        Assert.All(explanation.Policies.SkipLast(1), step => Assert.False(step.Decided));
        Assert.Equal(
            last is not { Decided: true } ? explanation.Decision.Reason : last.Outcome switch
            {
                PolicyOutcome.Allowed => DecisionReason.Granted,
                PolicyOutcome.Granted => DecisionReason.GrantedByPolicy,
                PolicyOutcome.Denied => DecisionReason.DeniedByPolicy,
                _ => DecisionReason.PolicyError,
            }, explanation.Decision.Reason);
    }, withPolicies: true);

    [Fact]
    public void Law_ADenyOfEverything_DeniesEverything() => ForEach((_, tenant, question, state) =>
    {
        var deny = new PolicyDefinition { Id = "0", Name = "no", Effect = PolicyEffect.Deny, Priority = int.MaxValue };
        var closed = tenant.Update(tenant.Model with { Policies = tenant.Model.Policies.Add("0", deny) }, []);
        var decision = Decide(closed, state, question);
        Assert.Equal((DecisionReason.DeniedByPolicy, "0"), (decision.Reason, decision.MatchedPolicy));
        // For ever; but where much goes by the clock, only so far is looked.
        Assert.True(decision.ValidUntil is null || decision.ValidUntil > question.At.AddDays(1), $"{decision.ValidUntil:O} after {question.At:O}");
    }, withPolicies: true);

    [Fact]
    public void Law_ChangingPolicies_EqualsCompilingAll()
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var world = WorldGenerator.WithPolicies(WorldGenerator.World(seed));
            var other = WorldGenerator.WithPolicies(world with { Seed = seed + 1000 });
            var bare = world.Model with { Policies = world.Model.Policies.Clear() };
            var start = CompiledTenant.Compile(world.Model);
            foreach (var next in new[] { bare, other.Model, other.Model with { Policies = world.Model.Policies } })
            {
                var (full, updated) = (CompiledTenant.Compile(next), start.Update(next, Touched(world.Model, next)));
                foreach (var question in world.Requests)
                {
                    var state = world.SubjectOf(question.Request.Subject);
                    Assert.Equal(Decide(full, state, question), Decide(updated, state, question));
                }
            }
        }
    }

    [Fact]
    public void Lesson24_ListedPermissions_AreThoseThatChecksGrant() => ForEach((_, tenant, question, state) =>
    {
        var request = question.Request with { HasExplicitScope = true };
        var grants = SubjectGrants.Compile(request.Subject, state);
        var covering = DecisionEngine.ListPermissions(tenant, grants, question.At).Where(item => item.Permission.Covers(request.Permission)).ToList();
        var decision = DecisionEngine.Decide(tenant, grants, request, question.At);
        Assert.True(decision.IsAllowed || decision.Reason == DecisionReason.DeniedByPolicy || covering.TrueForAll(item => item.IsConditional));
        Assert.True(!decision.IsAllowed || covering.Exists(item => item.Permission == decision.MatchedPermission && item.Role == decision.MatchedRole));
    });

    [Fact]
    public void Law_CompilingWhatChanged_EqualsCompilingAll()
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var world = WorldGenerator.World(seed);
            var other = WorldGenerator.World(seed + 1000).Model;
            var start = world.Model with { Packs = other.Packs };
            var mixed = start with { Revision = 2, Roles = world.Model.Roles.SetItems(other.Roles.Take(5)).RemoveRange(world.Model.Roles.Keys.Take(3)) };
            var (full, updated) = (CompiledTenant.Compile(mixed), CompiledTenant.Compile(start).Update(mixed, Touched(start, mixed)));
            var back = updated.Update(start, Touched(mixed, start));
            foreach (var question in world.Requests)
            {
                var state = world.SubjectOf(question.Request.Subject);
                Assert.Equal(Decide(full, state, question), Decide(updated, state, question));
                Assert.Equal(Decide(CompiledTenant.Compile(start), state, question), Decide(back, state, question));
            }
        }
    }

    private static RoleId[] Touched(TenantModel before, TenantModel after) =>
        [.. before.Roles.Keys.Union(after.Roles.Keys).Where(id => !ReferenceEquals(before.Roles.GetValueOrDefault(id), after.Roles.GetValueOrDefault(id)))];

    private static DecisionReason Nearest(Explanation explanation)
    {
        var reasons = explanation.Trace.Select(step => step.Outcome switch
        {
            TraceOutcome.Granted => DecisionReason.Granted,
            TraceOutcome.NotOwner => DecisionReason.NotOwner,
            TraceOutcome.NotInScope or TraceOutcome.ScopeMismatch or TraceOutcome.ConditionNotMet or TraceOutcome.ConditionError => DecisionReason.NotInScope,
            TraceOutcome.NotCovered => DecisionReason.PermissionNotGranted,
            _ => DecisionReason.NoAssignment,
        }).ToList();
        return reasons.Contains(DecisionReason.Granted) ? DecisionReason.Granted : reasons.DefaultIfEmpty(DecisionReason.NoAssignment).Max();
    }

    private static Decision Decide(CompiledTenant tenant, SubjectAssignments state, GeneratedRequest question) =>
        DecisionEngine.Decide(tenant, SubjectGrants.Compile(question.Request.Subject, state), question.Request, question.At);

    private static void ForEach(Action<GeneratedWorld, CompiledTenant, GeneratedRequest, SubjectAssignments> check, bool withPolicies = false)
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var world = withPolicies ? WorldGenerator.WithPolicies(WorldGenerator.World(seed)) : WorldGenerator.World(seed);
            var tenant = CompiledTenant.Compile(world.Model);
            foreach (var question in world.Requests)
            {
                check(world, tenant, question, world.SubjectOf(question.Request.Subject));
            }
        }
    }
}
