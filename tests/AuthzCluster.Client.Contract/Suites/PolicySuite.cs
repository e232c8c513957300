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
    public async Task Explain_Denied_HasThePoliciesAndWhatWasAskedOutside()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("invoices:*").AssignTo("alice").Build());
        await clients.Roles.AddPolicyAsync("clerk", new PolicyRule
        {
            RuleId = "first", Name = "First", Resources = ["invoices:*"], Priority = 9,
            Conditions = [new Condition("all", new JsonObject { ["conditions"] = new JsonArray(Attribute("region", "eu"), Attribute("missing", 1)) })],
        });
        await clients.Roles.AddPolicyAsync("clerk", new PolicyRule { RuleId = "asks", Name = "Asks", Priority = 7, Conditions = [new Condition("opa", new JsonObject { ["path"] = "authz/allow" })] });
        await clients.Roles.AddPolicyAsync("clerk", NotAtNight);
        await clients.Roles.AddPolicyAsync("clerk", new PolicyRule { RuleId = "writes", Name = "Writes", Effect = PolicyEffect.Deny, Actions = ["write"], Priority = 6 });
        var question = new AccessQuestion("alice", "invoices:read") { Context = new JsonObject { ["night"] = true, ["region"] = "eu" } };

        var decision = await clients.Authorization.ExplainAsync(question);

        Assert.Equal((false, "p1"), (decision.IsAllowed, decision.MatchedPolicy));
        Assert.Equal(["first", "asks", "writes", "p1"], decision.Policies.Select(step => step.Policy));
        var (first, asks, writes, last) = (decision.Policies[0], decision.Policies[1], decision.Policies[2], decision.Policies[3]);
        var role = Assert.Single((await clients.Roles.GetAllRolesAsync()), one => one.Name == "clerk").RoleId;
        Assert.Equal(
            (false, "First", PolicyEffect.Allow, 9, role, "condition_not_met", true),
            (first.Decided, first.Name, first.Effect, first.Priority, first.Role, first.Outcome, first.MatchesTarget));
        var all = Assert.Single(first.Conditions);
        Assert.Equal(("all", "false", 2), (all.Type, all.Result, all.Parts.Count));
        Assert.Equal(("attribute_match", "true", "eu"), (all.Parts[0].Type, all.Parts[0].Result, all.Parts[0].Saw.Single().Value!.GetValue<string>()));
        Assert.Equal(("false", null), (all.Parts[1].Result, all.Parts[1].Saw.Single().Value));
        Assert.Equal(("condition_error", "error"), (asks.Outcome, Assert.Single(asks.Conditions).Result));
        Assert.Equal(("not_targeted", false), (writes.Outcome, writes.MatchesTarget));
        Assert.Empty(writes.Conditions);
        Assert.Equal((true, PolicyEffect.Deny, "denied"), (last.Decided, last.Effect, last.Outcome));
        var asked = Assert.Single(decision.Outside);
        Assert.Equal(("opa", "authz/allow", "error", false), (asked.Engine, asked.Path, asked.Answer, asked.IsFinalWord));
        Assert.NotEmpty(asked.Problem!);

        var plain = await clients.Authorization.EvaluateAsync(question);
        Assert.Equal((0, 0, 0), (plain.Trace.Count, plain.Policies.Count, plain.Outside.Count));

        static JsonObject Attribute(string name, JsonNode expected) => new()
        {
            ["type"] = "attribute_match", ["params"] = new JsonObject { ["attribute"] = name, ["operator"] = "eq", ["expected"] = expected },
        };
    }

    [Fact]
    public async Task Explain_ToWhoMayNotReadPolicies_TellsWhichTheyAre()
    {
        using var admin = await OfNewTenantAsync();
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").GrantPermission("invoices:read").AssignTo("alice").Build());
        await admin.Roles.AddPolicyAsync("clerk", new PolicyRule { RuleId = "asks", Name = "Asks", Priority = 7, Conditions = [new Condition("opa", new JsonObject { ["path"] = "authz/allow" })] });
        await admin.Roles.AddPolicyAsync("clerk", NotAtNight);
        await admin.Roles.CreateRoleAsync(new RoleBuilder().WithName("asker").GrantPermission("authz.evaluate:execute").GrantPermission("authz.roles:read").Build());
        var (_, key) = await Transport.MakeKeyAsync(admin.Tenant, "asker");
        using var clients = Transport.Of(admin.Tenant, key);

        var decision = await clients.Authorization.ExplainAsync(new AccessQuestion("alice", "invoices:read") { Context = new JsonObject { ["night"] = true } });

        Assert.Equal([("asks", false), ("p1", true)], decision.Policies.Select(step => (step.Policy, step.Decided)));
        Assert.All(decision.Policies, step => Assert.Equal((null, null, null, null, null, null, 0), (step.Name, step.Effect, step.Priority, step.Role, step.Outcome, step.MatchesTarget, step.Conditions.Count)));
        Assert.Empty(decision.Outside);
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
    public async Task UpdateRole_FromWhatWasRead_KeepsItsPolicies()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("c").WithName("clerk").AddPolicy(NotAtNight).Build());

        var updated = await clients.Roles.UpdateRoleAsync(RoleBuilder.From((await clients.Roles.GetRoleAsync("c"))!).GrantPermission("a:b").Build());

        Assert.Equal(("p1", 1L), (Assert.Single(updated.Policies).RuleId, updated.Policies[0].Version));
    }
}
