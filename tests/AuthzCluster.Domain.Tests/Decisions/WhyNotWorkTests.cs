using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Tests.Decisions;

/// <summary>What an explained denial costs, when who asks has seen to it that it costs a lot.</summary>
public sealed class WhyNotWorkTests
{
    [Theory]
    [InlineData(20, 21)]
    [InlineData(5_000, 0)]
    public void WhyNot_OfManyEndedGrantsUnderManyDenies_IsTheLeastOrNothing(int denies, int told)
    {
        var policies = Enumerable.Range(0, denies).Select(i => new PolicyDefinition { Id = $"p{i}", Name = "no", Effect = PolicyEffect.Deny, Resources = ["docs"] });
        var model = Tenant.Of([.. Enumerable.Range(0, 300).Select(i => Tenant.Role($"r{i}", ["docs:read"]))]) with { Policies = policies.ToImmutableDictionary(policy => policy.Id) };
        var alice = Tenant.Alice([.. Enumerable.Range(0, 300).Select(i => Tenant.Grant($"a{i}", $"r{i}") with { ExpiresAt = Tenant.Now.AddDays(-1) })]);

        var why = DecisionEngine.Explain(CompiledTenant.Compile(model), alice, Tenant.Ask("docs:read"), Tenant.Now).WhyNot;

        Assert.Equal(told, why.Length);
        Assert.Equal(denies, told == 0 ? denies : why.Count(obstacle => obstacle.Kind == ObstacleKind.Policy));
    }
}
