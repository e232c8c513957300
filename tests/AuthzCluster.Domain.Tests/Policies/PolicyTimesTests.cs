using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

/// <summary>What the hours of policies mean for how long an answer holds: those that cannot turn it are nothing to it.</summary>
public class PolicyTimesTests
{
    private static readonly Condition Hours = new("time_range", AttributeBag.Of(("start_time", AttributeValue.Of("09:00")), ("end_time", AttributeValue.Of("17:00"))));

    private static readonly Condition Secret = new("attribute_match", AttributeBag.Of(("attribute", AttributeValue.Of("resource.secret")), ("expected", AttributeValue.Of(true))));

    private static readonly PolicyDefinition Deny = new() { Id = "deny", Name = "deny", Effect = PolicyEffect.Deny, Resources = ["invoices"] };

    private static readonly PolicyDefinition Allow = Deny with { Id = "allow", Effect = PolicyEffect.Allow };

    [Fact]
    public void Decide_HoursOfADenial_TurnTheAnswer() =>
        Assert.Equal(Tenant.Now.Date.AddHours(9), Decide("invoices:read", Deny with { Conditions = [Hours] }).ValidUntil?.UtcDateTime);

    [Fact]
    public void Decide_HoursOfADenialThatAnotherConditionKeepsOut_AreNothingToIt() =>
        Assert.Null(Decide("invoices:read", Deny with { Conditions = [Hours, Secret] }).ValidUntil);

    [Fact]
    public void Decide_HoursOfAnAllowWhereAllIsGranted_AreNothingToIt() =>
        Assert.Null(Decide("invoices:read", Allow with { Conditions = [Hours] }).ValidUntil);

    [Fact]
    public void Decide_HoursOfAnAllowThatGrants_TurnTheAnswer()
    {
        var decision = Decide("invoices:delete", Allow with { Conditions = [Hours], GrantPermissions = [Permission.Parse("invoices:delete")] });
        Assert.False(decision.IsAllowed);
        Assert.Equal(Tenant.Now.Date.AddHours(9), decision.ValidUntil?.UtcDateTime);
    }

    [Fact]
    public void Decide_HoursOfAnAllowAboveADenial_TurnTheAnswer() =>
        Assert.Equal(Tenant.Now.Date.AddHours(9), Decide("invoices:read", Allow with { Priority = 9, Conditions = [Hours] }, Deny).ValidUntil?.UtcDateTime);

    [Fact]
    public void Decide_HoursOfAGrantOfSomethingElse_AreNothingToIt()
    {
        var model = Tenant.Of(Tenant.Role("clerk", ["invoices:read"]), Tenant.Role("other", ["letters:read"])) with { Policies = Policies(Deny with { Conditions = [Secret] }) };
        var grants = Tenant.Alice(Tenant.Grant("a", "clerk"), Tenant.Grant("b", "other") with { Conditions = [Hours] });
        var decision = DecisionEngine.Decide(CompiledTenant.Compile(model), grants, Tenant.Ask("invoices:read"), Tenant.Now);
        Assert.True(decision.IsAllowed);
        Assert.Null(decision.ValidUntil);
    }

    private static Decision Decide(string permission, params PolicyDefinition[] policies) => DecisionEngine.Decide(
        CompiledTenant.Compile(Tenant.Of(Tenant.Role("clerk", ["invoices:read"])) with { Policies = Policies(policies) }), Tenant.Alice("clerk"), Tenant.Ask(permission), Tenant.Now);

    private static ImmutableDictionary<string, PolicyDefinition> Policies(params PolicyDefinition[] policies) => policies.ToImmutableDictionary(policy => policy.Id);
}
