using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

public class PolicyIndexTests
{
    private static readonly SubjectGrants Alice = Tenant.Alice("clerk");

    [Theory]
    [InlineData("resources")]
    [InlineData("prefixes")]
    [InlineData("suffixes")]
    [InlineData("pairs")]
    [InlineData("principals")]
    [InlineData("actions")]
    public void Find_ManyPoliciesOfOneKind_LooksAtThoseThatCanMatch(string kind)
    {
        var index = CompiledTenant.Compile(Model(Enumerable.Range(0, 10_000).Select(i => Policy(i, kind)))).Policies!;
        Assert.True(index.Find(Permission.Parse("r7.:a7"), Of(SubjectId.User("u7")), out var found));
        Assert.InRange(Enumerable.Range(0, found.Count).Sum(i => found[i].Length), 1, 1);
    }

    [Fact]
    public void Find_OneResourceForAll_LooksByPrincipals()
    {
        var policies = Enumerable.Range(0, 1000).Select(i => Policy(i, "principals") with { Resources = ["invoices"], Actions = ["read"] });
        var index = CompiledTenant.Compile(Model(policies)).Policies!;
        Assert.True(index.Find(Permission.Parse("invoices:read"), Of(SubjectId.User("u7")), out var found));
        Assert.Equal(1, found.Count);
        Assert.Single(found[0]);
        index.Find(Permission.Parse("invoices:read"), Alice, out var none);
        Assert.Equal(0, none.Count);
    }

    [Fact]
    public void Update_WithoutAPolicyChanged_SharesTheIndex()
    {
        var model = Model([Policy(1, "resources")]);
        var tenant = CompiledTenant.Compile(model);
        var role = model.Roles[new RoleId("clerk")] with { Permissions = [Permission.Parse("a:b")] };
        var edited = model with { Revision = 2, Roles = model.Roles.SetItem(role.Id, role) };
        Assert.Same(tenant.Policies, tenant.Update(edited, [role.Id]).Policies);
        Assert.Same(tenant.Policies, tenant.Update(model with { Revision = 2 }, []).Policies);
    }

    [Fact]
    public void Update_WithAPolicyChanged_KeepsTheOthers()
    {
        var model = Model([Policy(1, "resources"), Policy(2, "resources")]);
        var tenant = CompiledTenant.Compile(model);
        var next = tenant.Update(model with { Policies = model.Policies.SetItem("p2", Policy(2, "resources") with { Priority = 9 }) }, []);
        Assert.Same(tenant.Policies!.Ordered.Single(policy => policy.Definition.Id == "p1"), next.Policies!.Ordered.Single(policy => policy.Definition.Id == "p1"));
        Assert.Equal(9, next.Policies.Ordered[0].Definition.Priority);
    }

    [Fact]
    public void Update_APolicyAttached_IsSeen()
    {
        var model = Model([]);
        var tenant = CompiledTenant.Compile(model);
        Assert.Null(tenant.Policies);
        var draft = new PolicyDraft { Name = "no", Effect = PolicyEffect.Deny };
        var change = PolicyEditor.Attach(model, new RoleId("clerk"), draft, "p1", null, Tenant.Now).Value!;
        var next = tenant.Update(change.Model, change.Touched);
        Assert.Equal(DecisionReason.DeniedByPolicy, DecisionEngine.Decide(next, Alice, Tenant.Ask("invoices:read"), Tenant.Now).Reason);
    }

    [Fact]
    public void Compile_OnlyInactivePolicies_AreNone() => Assert.Null(CompiledTenant.Compile(Model([Policy(1, "resources") with { IsActive = false }])).Policies);

    [Fact]
    public void Decide_NoPolicyAboutTheQuestion_AllocatesNothing()
    {
        var tenant = CompiledTenant.Compile(Model(Enumerable.Range(0, 100).Select(i => Policy(i, "resources"))));
        var request = Tenant.Ask("invoices:read");
        DecisionEngine.Decide(tenant, Alice, request, Tenant.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        DecisionEngine.Decide(tenant, Alice, request, Tenant.Now);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Decide_AConditionThatTimeTurns_SaysWhen()
    {
        // A role that starts is as good as a clock: its coming makes the denial hold.
        var deny = new PolicyDefinition { Id = "p1", Name = "p1", Effect = PolicyEffect.Deny, Principals = ["role:barred"] };
        var model = Model([deny]) with { Roles = Model([]).Roles.Add(new RoleId("barred"), Tenant.Role("barred", [])) };
        var grants = Tenant.Alice(Tenant.Grant("a", "clerk"), Tenant.Grant("b", "barred") with { StartsAt = Tenant.Now.AddDays(1) });
        var decision = DecisionEngine.Decide(CompiledTenant.Compile(model), grants, Tenant.Ask("invoices:read"), Tenant.Now);
        Assert.Equal((DecisionReason.Granted, Tenant.Now.AddDays(1)), (decision.Reason, decision.ValidUntil));
    }

    [Fact]
    public void Decide_LongTexts_AreMatchedWhole()
    {
        var (resource, action) = (new string('r', 500), new string('a', 500));
        var model = Model([new PolicyDefinition { Id = "p1", Name = "p1", Effect = PolicyEffect.Deny, Resources = [$"{resource}:{action}"] }]);
        var request = Tenant.Ask("invoices:read") with { Permission = new Permission(resource, action) };
        Assert.Equal(DecisionReason.DeniedByPolicy, DecisionEngine.Decide(CompiledTenant.Compile(model), Alice, request, Tenant.Now).Reason);
    }

    [Fact]
    public void Explain_EachPolicyAboutTheResource_IsTold()
    {
        var never = new Condition("attribute_match", AttributeBag.Of(("attribute", AttributeValue.Of("x")), ("operator", AttributeValue.Of("exists"))));
        var model = Model(
        [
            Of("a", PolicyEffect.Deny, 9) with { Actions = ["delete"] },
            Of("b", PolicyEffect.Deny, 8) with { Conditions = [never] },
            Of("c", PolicyEffect.Allow, 7),
            Of("d", PolicyEffect.Deny, 6) with { Resources = ["projects"] },
            Of("e", PolicyEffect.Deny, 5),
            Of("f", PolicyEffect.Deny, 4),
        ]);
        var steps = DecisionEngine.Explain(CompiledTenant.Compile(model), Tenant.Alice("nothing"), Tenant.Ask("invoices:read"), Tenant.Now).Policies;
        Assert.Equal(
            [("a", PolicyOutcome.NotTargeted), ("b", PolicyOutcome.ConditionNotMet), ("c", PolicyOutcome.CoversNothing), ("e", PolicyOutcome.Denied)],
            steps.Select(step => (step.Policy, step.Outcome)));
        Assert.Equal(Truth.False, Assert.Single(steps[1].Conditions).Result);
        Assert.Equal([false, true, true, true], steps.Select(step => step.MatchesTarget));
    }

    private static PolicyDefinition Of(string id, PolicyEffect effect, int priority) => new() { Id = id, Name = id, Effect = effect, Priority = priority };

    private static SubjectGrants Of(SubjectId subject) => SubjectGrants.Compile(subject, SubjectAssignments.None);

    private static TenantModel Model(IEnumerable<PolicyDefinition> policies) =>
        Tenant.Of(Tenant.Role("clerk", ["invoices:*"])) with { Policies = policies.ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal) };

    private static PolicyDefinition Policy(int i, string kind) => Of($"p{i}", PolicyEffect.Deny, 0) with
    {
        Resources = kind switch
        {
            "resources" => [$"r{i}."],
            "prefixes" => [$"r{i}.*"],
            "suffixes" => [$"*:a{i}"],
            "pairs" => [$"r{i}.:a{i}", $"x{i}:a{i}"],
            _ => [],
        },
        Actions = kind == "actions" ? [$"a{i}"] : [],
        Principals = kind == "principals" ? [$"u{i}", $"role:r{i}"] : [],
    };
}
