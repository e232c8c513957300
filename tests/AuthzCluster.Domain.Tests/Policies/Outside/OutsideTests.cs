using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies.Outside;

public class OutsideTests
{
    private static readonly DateTimeOffset Until = Tenant.Now.AddSeconds(5);
    private static readonly Condition Never = new("attribute_match", Params(("attribute", "context.never"), ("operator", "exists")));
    private static readonly Condition Always = new("not", AttributeBag.Of(("condition", Nested(Never))));

    [Theory]
    [InlineData(Truth.True, true)]
    [InlineData(Truth.False, false)]
    [InlineData(Truth.Error, false)]
    public void Decide_AnAssignment_CountsWhereItHolds(Truth answer, bool allowed)
    {
        var decision = Decide(Model(), Alice(Opa("a")), ("a", answer));
        Assert.Equal((allowed, allowed ? DecisionReason.Granted : DecisionReason.NotInScope, Until), (decision.IsAllowed, decision.Reason, decision.ValidUntil!.Value));
    }

    [Theory]
    [InlineData(Truth.True, true)]
    [InlineData(Truth.False, false)]
    [InlineData(Truth.Error, false)]
    public void Decide_AnEdge_PassesWhileItHolds(Truth answer, bool allowed)
    {
        var edge = new ParentEdge(new RoleId("reader"), InheritanceType.Conditional) { Conditions = [Opa("a")] };
        var model = Tenant.Of(Tenant.Role("reader", ["docs:read"]), Tenant.Role("child", [], edge));
        Assert.Equal(allowed, Decide(model, Tenant.Alice("child"), ("a", answer)).IsAllowed);
    }

    [Theory]
    [InlineData(PolicyEffect.Deny, Truth.True, DecisionReason.DeniedByPolicy)]
    [InlineData(PolicyEffect.Deny, Truth.False, DecisionReason.Granted)]
    [InlineData(PolicyEffect.Deny, Truth.Error, DecisionReason.PolicyError)]
    [InlineData(PolicyEffect.Allow, Truth.True, DecisionReason.GrantedByPolicy)]
    [InlineData(PolicyEffect.Allow, Truth.False, DecisionReason.NoAssignment)]
    [InlineData(PolicyEffect.Allow, Truth.Error, DecisionReason.NoAssignment)]
    public void Decide_APolicy_GoesByIt(PolicyEffect effect, Truth answer, DecisionReason expected)
    {
        var model = With(Model(), Policy("p", effect, Opa("a")));
        Assert.Equal(expected, Decide(model, effect == PolicyEffect.Deny ? Tenant.Alice("reader") : Tenant.Alice(Array.Empty<string>()), ("a", answer)).Reason);
    }

    [Theory]
    [InlineData("all", Truth.True, true)]
    [InlineData("all", Truth.Error, false)]
    [InlineData("any", Truth.True, true)]
    [InlineData("any", Truth.False, false)]
    [InlineData("not", Truth.True, false)]
    [InlineData("not", Truth.False, true)]
    [InlineData("not", Truth.Error, false)]
    public void Decide_Within_IsAsTheOthersAre(string kind, Truth answer, bool allowed)
    {
        var other = kind == "all" ? Always : Never;
        var condition = kind == "not" ? new Condition("not", AttributeBag.Of(("condition", Nested(Opa("a")))))
            : new Condition(kind, AttributeBag.Of(("conditions", AttributeValue.Of([Nested(other), Nested(Opa("a"))]))));
        Assert.Equal(allowed, Decide(Model(), Alice(condition), ("a", answer)).IsAllowed);
    }

    [Fact]
    public void Decide_WhatIsCertainWithoutIt_AsksNothing()
    {
        var condition = new Condition("all", AttributeBag.Of(("conditions", AttributeValue.Of([Nested(Never), Nested(Opa("a"))]))));
        Assert.Empty(Rounds(Model(), Alice(condition), Tenant.Now, out var decision));
        Assert.Equal((DecisionReason.NotInScope, null), (decision.Reason, decision.ValidUntil));
        Assert.Empty(Rounds(Model(), Alice(Opa("a")), Tenant.Now, out _, Tenant.Ask("docs:write")));
    }

    [Fact]
    public void Decide_NobodyToAsk_IsAnError()
    {
        var compiled = CompiledTenant.Compile(With(Model(), Policy("p", PolicyEffect.Deny, Opa("a"))));
        Assert.Equal(DecisionReason.PolicyError, DecisionEngine.Decide(compiled, Tenant.Alice("reader"), Tenant.Ask("docs:read"), Tenant.Now).Reason);
        Assert.False(DecisionEngine.Decide(CompiledTenant.Compile(Model()), Alice(Opa("a")), Tenant.Ask("docs:read"), Tenant.Now).IsAllowed);
    }

    [Fact]
    public void Decide_ManyThatDecideNothing_AreAskedTogether()
    {
        var model = With(Model(), [.. Enumerable.Range(0, 20).Select(i => Policy($"p{i:00}", PolicyEffect.Deny, Opa($"a{i:00}")))]);
        var rounds = Rounds(model, Tenant.Alice("reader"), Tenant.Now, out var decision);
        Assert.Equal(new[] { 16, 4 }, rounds);
        Assert.Equal(DecisionReason.Granted, decision.Reason);
    }

    [Fact]
    public void Decide_OutsideItsHours_AsksNothingAndKnowsWhenItWould()
    {
        var hours = new Condition("time_range", Params(("start_time", "08:00"), ("end_time", "18:00"))); // Tenant.Now is a Thursday's midnight
        var both = new Condition("all", AttributeBag.Of(("conditions", AttributeValue.Of([Nested(hours), Nested(Opa("a"))]))));
        Assert.Empty(Rounds(Model(), Alice(both), Tenant.Now, out var decision));
        Assert.Equal(Tenant.Now.AddHours(8), decision.ValidUntil);

        var policy = With(Model(), Policy("p", PolicyEffect.Deny, hours, Opa("a")));
        Assert.Empty(Rounds(policy, Tenant.Alice("reader"), Tenant.Now, out decision));
        Assert.Equal((true, Tenant.Now.AddHours(8)), (decision.IsAllowed, decision.ValidUntil!.Value));
    }

    [Fact]
    public void Decide_AScheduledGrantThatHangsOnIt_IsNotSaidNeverToCount()
    {
        var grants = Tenant.Alice(Tenant.Grant("a", "reader") with { Conditions = [Opa("a")], StartsAt = Tenant.Now.AddDays(1) });
        Assert.Empty(Rounds(Model(), grants, Tenant.Now, out var decision));
        Assert.Equal((false, Tenant.Now.AddDays(1)), (decision.IsAllowed, decision.ValidUntil!.Value));
    }

    [Fact]
    public void Decide_AnEndBeforeTheAnswers_Stays()
    {
        var grants = Tenant.Alice(Tenant.Grant("a", "reader") with { Conditions = [Opa("a")], ExpiresAt = Tenant.Now.AddSeconds(2) });
        Assert.Equal(Tenant.Now.AddSeconds(2), Decide(Model(), grants, ("a", Truth.True)).ValidUntil);
    }

    [Theory]
    [InlineData(true, Truth.True, DecisionReason.Granted)]
    [InlineData(true, Truth.False, DecisionReason.DeniedByPolicy)]
    [InlineData(true, Truth.Error, DecisionReason.PolicyError)]
    [InlineData(false, Truth.True, DecisionReason.GrantedByPolicy)]
    [InlineData(false, Truth.False, DecisionReason.DeniedByPolicy)]
    [InlineData(false, Truth.Error, DecisionReason.PolicyError)]
    public void Decide_TheFinalWord_IsTheOutsideEngines(bool here, Truth answer, DecisionReason expected)
    {
        var model = Final(Model());
        var grants = here ? Tenant.Alice("reader") : Tenant.Alice(Array.Empty<string>());
        var answers = new OutsideAnswers();
        var compiled = CompiledTenant.Compile(model);
        DecisionEngine.Decide(compiled, grants, answers.Begin(Tenant.Ask("docs:read")), Tenant.Now);
        var question = Assert.Single(answers.Missing);
        Assert.Equal(("final", new OutsideLocal(here, here ? DecisionReason.Granted : DecisionReason.NoAssignment)), (question.Path, question.Local));
        answers.Take(question, new OutsideAnswer(answer, Until));

        var decision = DecisionEngine.Decide(compiled, grants, answers.Begin(Tenant.Ask("docs:read")), Tenant.Now);
        Assert.Equal((expected, here && answer == Truth.True, Until), (decision.Reason, decision.MatchedRole is not null, decision.ValidUntil!.Value));
        Assert.Equal(DecisionReason.PolicyError, DecisionEngine.Decide(compiled, grants, Tenant.Ask("docs:read"), Tenant.Now).Reason);
    }

    [Fact]
    public void Decide_TheFinalWord_IsAskedForWhenAllElseIsKnown()
    {
        var rounds = Rounds(Final(With(Model(), Policy("p", PolicyEffect.Deny, Opa("a")))), Tenant.Alice("reader"), Tenant.Now, out _);
        Assert.Equal(new[] { 1, 1 }, rounds);
    }

    [Fact]
    public void Begin_ARequestThatSaysSomethingElse_ForgetsTheAnswers()
    {
        var answers = new OutsideAnswers();
        var compiled = CompiledTenant.Compile(Model());
        var request = Tenant.Ask("docs:read");
        DecisionEngine.Decide(compiled, Alice(Opa("a")), answers.Begin(request), Tenant.Now);
        answers.Take(answers.Missing[0], new OutsideAnswer(Truth.True, Until));
        Assert.True(DecisionEngine.Decide(compiled, Alice(Opa("a")), answers.Begin(request with { }), Tenant.Now).IsAllowed);

        var other = request with { SubjectProperties = Params(("level", "3")) };
        Assert.False(DecisionEngine.Decide(compiled, Alice(Opa("a")), answers.Begin(other), Tenant.Now).IsAllowed);
        Assert.Single(answers.Missing);
    }

    [Fact]
    public void Explain_WhatWasAsked_IsTold()
    {
        var answers = new OutsideAnswers();
        var compiled = CompiledTenant.Compile(Model());
        DecisionEngine.Explain(compiled, Alice(Opa("a", "HTTP://OPA:80/")), answers.Begin(Tenant.Ask("docs:read")), Tenant.Now);
        answers.Take(Assert.Single(answers.Missing), new OutsideAnswer(Truth.Error, Tenant.Now) { Problem = "gone" });
        var told = Assert.Single(DecisionEngine.Explain(compiled, Alice(Opa("a", "HTTP://OPA:80/")), answers.Begin(Tenant.Ask("docs:read")), Tenant.Now).Outside);
        Assert.Equal(new OutsideStep { Path = "a", Url = "http://opa", Answer = Truth.Error, Problem = "gone" }, told);
    }

    [Fact]
    public void UsesOutside_WhereverItHangsOnOne_IsKnown()
    {
        var edge = new ParentEdge(new RoleId("reader"), InheritanceType.Conditional) { Conditions = [Opa("a")] };
        var team = Tenant.Grant("t", "reader") with { Conditions = [new Condition("not", AttributeBag.Of(("condition", Nested(Opa("a")))))] };
        var plain = CompiledTenant.Compile(Model());
        Assert.False(plain.UsesOutside);
        Assert.False(Tenant.Alice("reader").UsesOutside);
        Assert.True(Alice(Opa("a")).UsesOutside);
        Assert.True(SubjectGrants.Compile(SubjectId.User("alice"), new SubjectAssignments { History = [team] }).UsesOutside);
        Assert.True(CompiledTenant.Compile(With(Model(), Policy("p", PolicyEffect.Deny, Opa("a")))).UsesOutside);
        Assert.True(CompiledTenant.Compile(Tenant.Of(Tenant.Role("reader", []), Tenant.Role("child", [], edge))).UsesOutside);
        Assert.True(CompiledTenant.Compile(Final(Model())).UsesOutside);
        Assert.True(plain.Update(Model() with { TeamGrants = Model().TeamGrants.Add("t", [team]) }, []).UsesOutside);
        Assert.True(plain.Update(Model() with { TeamHistory = Model().TeamHistory.Add("t", [team]) }, []).UsesOutside);
    }

    internal static Condition Opa(string path, string? url = null) => new("opa", url is null ? Params(("path", path)) : Params(("path", path), ("url", url)));

    private static AttributeBag Params(params (string, string)[] all) => AttributeBag.Of(Array.ConvertAll(all, item => (item.Item1, AttributeValue.Of(item.Item2))));

    private static AttributeValue Nested(Condition condition) =>
        AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of(condition.Type)), ("params", AttributeValue.Of(condition.Params))));

    private static TenantModel Model() => Tenant.Of(Tenant.Role("reader", ["docs:read"]));

    private static TenantModel With(TenantModel model, params PolicyDefinition[] policies) =>
        model with { Policies = model.Policies.AddRange(policies.Select(policy => KeyValuePair.Create(policy.Id, policy))) };

    private static TenantModel Final(TenantModel model) => model with
    {
        Settings = AttributeBag.Of(("policy_engine", AttributeValue.Of("opa")), ("opa", AttributeValue.Of(Params(("path", "final"))))),
    };

    private static Decision Decide(TenantModel model, SubjectGrants grants, params (string Path, Truth Answer)[] given)
    {
        var answers = new OutsideAnswers();
        answers.Begin(Tenant.Ask("docs:read"));
        foreach (var (path, answer) in given)
        {
            answers.Take(new OutsideQuestion(path, null), new OutsideAnswer(answer, Until));
        }
        var decision = DecisionEngine.Decide(CompiledTenant.Compile(model), grants, answers.Begin(Tenant.Ask("docs:read")), Tenant.Now);
        Assert.Empty(answers.Missing);
        return decision;
    }

    // How many were asked in each round, all of which were answered with false.
    private static List<int> Rounds(TenantModel model, SubjectGrants grants, DateTimeOffset now, out Decision decision, AccessRequest? request = null)
    {
        var (answers, compiled, rounds) = (new OutsideAnswers(), CompiledTenant.Compile(model), new List<int>());
        for (decision = Next(); answers.Missing.Count > 0; decision = Next())
        {
            rounds.Add(answers.Missing.Count);
            foreach (var question in answers.Missing.ToArray())
            {
                answers.Take(question, new OutsideAnswer(Truth.False, Until));
            }
        }
        return rounds;

        Decision Next() => DecisionEngine.Decide(compiled, grants, answers.Begin(request ?? Tenant.Ask("docs:read")), now);
    }

    private static SubjectGrants Alice(Condition condition) => Tenant.Alice(Tenant.Grant("a", "reader") with { Conditions = [condition] });

    private static PolicyDefinition Policy(string id, PolicyEffect effect, params Condition[] conditions) => new()
    {
        Id = id, Name = id, Effect = effect, Conditions = [.. conditions], GrantPermissions = effect == PolicyEffect.Allow ? [Permission.Parse("docs:read")] : [],
    };
}
