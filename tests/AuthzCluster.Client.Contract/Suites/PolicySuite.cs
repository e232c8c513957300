using System.Text.Json.Nodes;
using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

public abstract class PolicySuite(ITransport transport) : ClientSuite(transport)
{
    private static readonly PolicyRule NotAtNight = new()
    {
        RuleId = "p1", Name = "Not at night", Effect = PolicyEffect.Deny, Resources = ["invoices:*"], Condition = "night = true", Priority = 5,
    };

    [Fact]
    public async Task AddPolicy_ThenRemoveIt_DecidesWhileItIsThere()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("invoices:read").AssignTo("alice").Build());
        var atNight = new AccessQuestion("alice", "invoices:read") { Context = new JsonObject { ["night"] = true } };
        Assert.True((await clients.Authorization.EvaluateAsync(atNight)).IsAllowed);

        var role = await clients.Roles.AddPolicyAsync("clerk", NotAtNight);

        var policy = Assert.Single(role.Policies);
        Assert.Equal(("p1", "Not at night", PolicyEffect.Deny, 5, 1L), (policy.RuleId, policy.Name, policy.Effect, policy.Priority, policy.Version));
        Assert.Equal("expression", Assert.Single(policy.Conditions).Type);
        var denied = await clients.Authorization.EvaluateAsync(atNight);
        Assert.Equal((false, DecisionReason.DeniedByPolicy, "p1"), (denied.IsAllowed, denied.Reason, denied.MatchedPolicy));
        Assert.True((await clients.Authorization.EvaluateAsync(new AccessQuestion("alice", "invoices:read"))).IsAllowed);

        await clients.Roles.RemovePolicyAsync("clerk", "p1");

        Assert.True((await clients.Authorization.EvaluateAsync(atNight)).IsAllowed);
        await Assert.ThrowsAsync<PolicyNotFoundException>(() => clients.Roles.RemovePolicyAsync("clerk", "p1"));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.AddPolicyAsync("nobody", NotAtNight));
    }

    [Fact]
    public async Task AddPolicy_UnderTheSameKey_IsMadeOnce()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build());
        var rule = NotAtNight with { RuleId = "" };

        await clients.Roles.AddPolicyAsync("clerk", rule, idempotencyKey: "k1");

        Assert.Single((await clients.Roles.AddPolicyAsync("clerk", rule, idempotencyKey: "k1")).Policies);
    }

    [Fact]
    public async Task AddPolicy_BadOne_NamesThePlace()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build());
        var bad = NotAtNight with { Condition = "night =" };

        var error = await Assert.ThrowsAsync<ValidationFailedException>(() => clients.Roles.AddPolicyAsync("clerk", bad));

        Assert.Contains("conditions[0].params.text", error.Fields.Keys);
        await clients.Roles.AddPolicyAsync("clerk", NotAtNight);
        await Assert.ThrowsAsync<InvalidStateException>(() => clients.Roles.AddPolicyAsync("clerk", NotAtNight));
    }

    [Fact]
    public async Task UpdateRole_FromWhatWasRead_KeepsWhoMayAskAndWhoApproves()
    {
        using var clients = await OfNewTenantAsync();
        var rules = new RequestRules { Requesters = ["team:blue"], Approvers = ["role:boss"], Approvals = 2, MaxDuration = TimeSpan.FromHours(8), RequireReason = true, RequireTicket = true };
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("c").WithName("clerk").WithRequests(rules).Build());

        var updated = await clients.Roles.UpdateRoleAsync(RoleBuilder.From((await clients.Roles.GetRoleAsync("c"))!).GrantPermission("a:b").Build());

        var kept = updated.Requests!;
        Assert.Equal(("team:blue", "role:boss", 2, TimeSpan.FromHours(8)), (Assert.Single(kept.Requesters), Assert.Single(kept.Approvers), kept.Approvals, kept.MaxDuration));
        Assert.True(kept is { RequireReason: true, RequireTicket: true });
        Assert.Null((await clients.Roles.UpdateRoleAsync(RoleBuilder.From(updated).WithRequests(null).Build())).Requests);
    }

    [Fact]
    public async Task UpdateRole_FromWhatWasRead_KeepsItsPolicies()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("c").WithName("clerk").AddPolicy(NotAtNight).Build());

        var updated = await clients.Roles.UpdateRoleAsync(RoleBuilder.From((await clients.Roles.GetRoleAsync("c"))!).GrantPermission("a:b").Build());

        Assert.Equal(("p1", 1L), (Assert.Single(updated.Policies).RuleId, updated.Policies[0].Version));
    }
}
