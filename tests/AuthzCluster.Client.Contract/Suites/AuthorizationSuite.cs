using System.Text.Json.Nodes;
using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

public abstract class AuthorizationSuite(ITransport transport) : ClientSuite(transport)
{
    [Fact]
    public async Task Evaluate_Granted_TellsByWhat()
    {
        using var clients = await OfNewTenantAsync();
        var until = new DateTimeOffset(2098, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("accountant").GrantPermission("invoices:*").Build());
        var assignment = await clients.Roles.AssignRoleAsync("alice", "accountant", until);

        var decision = await clients.Authorization.EvaluateAsync(new AccessQuestion("alice", "invoices:read"));

        Assert.True(decision.IsAllowed);
        Assert.Equal((DecisionReason.Granted, "invoices:*", "accountant"), (decision.Reason, decision.MatchedPermission, decision.MatchedRole));
        Assert.Equal((assignment.AssignmentId, null, until), (decision.MatchedAssignment, decision.MatchedPolicy, decision.ValidUntil));
        Assert.True(decision is { ModelRevision: > 0, SubjectRevision: > 0 });
        Assert.Empty(decision.Trace);
    }

    [Fact]
    public async Task Evaluate_EveryPartOfAQuestion_Reaches()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("owner").GrantPermission("invoices:read:own").Build());
        await clients.Roles.AssignRoleAsync(new RoleGrant("alice", "owner")
        {
            Scope = new JsonObject { ["region"] = "eu" },
            ExpiresAt = new DateTimeOffset(2098, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Conditions =
            [
                new Condition("attribute_match", new JsonObject { ["attribute"] = "ip_address", ["operator"] = "eq", ["expected"] = "10.1.2.3" }),
                new Condition("attribute_match", new JsonObject { ["attribute"] = "subject.level", ["operator"] = "gte", ["expected"] = 3 }),
                new Condition("attribute_match", new JsonObject { ["attribute"] = "resource.id", ["operator"] = "eq", ["expected"] = "42" }),
                new Condition("attribute_match", new JsonObject { ["attribute"] = "resource.type", ["operator"] = "eq", ["expected"] = "invoices" }),
            ],
        });
        var question = new AccessQuestion("alice", "invoices:read")
        {
            SubjectProperties = new JsonObject { ["level"] = 3 },
            Resource = new AccessResource("invoices", "42") { Properties = new JsonObject { ["owner_id"] = "alice", ["region"] = "eu" } },
            Context = new JsonObject { ["ip_address"] = "10.1.2.3" },
        };

        Assert.Equal(DecisionReason.Granted, await ReasonAsync(question));
        Assert.Equal(DecisionReason.NotInScope, await ReasonAsync(question with { SubjectProperties = null }));
        Assert.Equal(DecisionReason.NotInScope, await ReasonAsync(question with { Context = new JsonObject { ["ip_address"] = "11.1.2.3" } }));
        Assert.Equal(DecisionReason.NotInScope, await ReasonAsync(question with { Resource = question.Resource with { Id = "43" } }));
        Assert.Equal(DecisionReason.NotOwner, await ReasonAsync(question with
        {
            Resource = question.Resource with { Properties = new JsonObject { ["owner_id"] = "bob", ["region"] = "eu" } },
        }));
        Assert.Equal(DecisionReason.NoAssignment, await ReasonAsync(question with { Subject = Principal.Service("alice") }));
        Assert.Equal(DecisionReason.NoAssignment, await ReasonAsync(question with { At = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero) }));

        async Task<string> ReasonAsync(AccessQuestion asked)
        {
            var decision = await clients.Authorization.EvaluateAsync(asked);
            Assert.Equal(decision.Reason == DecisionReason.Granted, decision.IsAllowed);
            return decision.Reason;
        }
    }

    [Fact]
    public async Task Batch_OfSeveral_AnswersInOrder()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("reader").GrantPermission("a:read").AssignTo("u1").AssignTo("u3").Build());
        var questions = Enumerable.Range(0, 1000).Select(i => new AccessQuestion($"u{i % 5}", "a:read")).ToList();

        var decisions = await clients.Authorization.EvaluateBatchAsync(questions);

        Assert.Equal(questions.Select(question => question.Subject.Id is "u1" or "u3"), decisions.Select(decision => decision.IsAllowed));
        Assert.Empty(await clients.Authorization.EvaluateBatchAsync([]));
        var refused = await Assert.ThrowsAsync<ValidationFailedException>(() => clients.Authorization.EvaluateBatchAsync([.. questions, questions[0]]));
        Assert.Contains("evaluations", refused.Fields.Keys);
    }

    [Fact]
    public async Task Explain_Refused_HasTheSteps()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("base").GrantPermission("a:read").Build());
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("heir").Build() with { Parents = [new RoleParent("base")] });
        await clients.Roles.AssignRoleAsync("team:docs", "heir");
        await Transport.JoinAsync(clients.Tenant, "docs", "alice");

        var decision = await clients.Authorization.ExplainAsync(new AccessQuestion("alice", "a:read"));

        Assert.True(decision.IsAllowed);
        var step = decision.Trace.First(step => step.Permission == "a:read");
        Assert.Equal(("heir", "docs", "granted"), (step.Role, step.Team, step.Outcome));
        Assert.Equal(["heir", "base"], step.Path);
        Assert.NotEmpty(step.Assignment!);
    }

    [Fact]
    public async Task HasRole_OfUserTeamAndMissing_IsAsHeldNow()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.AssignRoleAsync("alice", "viewer");
        await clients.Roles.AssignRoleAsync("team:docs", "viewer");
        await clients.Roles.AssignRoleAsync("bob", "viewer", expiresAt: new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.True(await clients.Authorization.HasRoleAsync("alice", "viewer"));
        Assert.True(await clients.Authorization.HasRoleAsync("alice", "role_viewer"));
        Assert.True(await clients.Authorization.HasRoleAsync("team:docs", "viewer"));
        Assert.False(await clients.Authorization.HasRoleAsync("bob", "viewer"));
        Assert.False(await clients.Authorization.HasRoleAsync("service:alice", "viewer"));
        Assert.False(await clients.Authorization.HasRoleAsync("alice", "user_manager"));
    }

    [Theory]
    [InlineData("standard", "super_admin", true)]
    [InlineData("standard", "tenant_admin", true)]
    [InlineData("standard", "user_manager", false)]
    [InlineData("business", "admin", true)]
    [InlineData("business", "manager", false)]
    [InlineData("knowledge", "Admin", true)]
    [InlineData("knowledge", "Editor", false)]
    [InlineData("elections", "super-admin", true)]
    [InlineData("elections", "election-admin", false)]
    public async Task IsAdmin_ByRoleOfAPack_IsThatOfItsAdministrators(string pack, string role, bool isAdmin)
    {
        using var clients = await OfNewTenantAsync(pack);
        await clients.Roles.AssignRoleAsync("alice", role);

        Assert.Equal(isAdmin, await clients.Authorization.IsAdminAsync("alice"));
        Assert.False(await clients.Authorization.IsAdminAsync("bob"));
    }

    [Fact]
    public async Task IsAdmin_OfACustomRoleOfThatName_IsNo()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("admin").AssignTo("alice").Build());

        Assert.False(await clients.Authorization.IsAdminAsync("alice"));
    }

    [Fact]
    public async Task ForTenant_OfAnother_AsksThere()
    {
        using var clients = await OfNewTenantAsync();
        using var others = await OfNewTenantAsync();
        await others.Roles.AssignRoleAsync("alice", "super_admin");
        var question = new AccessQuestion("alice", "a:read");

        Assert.False((await clients.Authorization.EvaluateAsync(question)).IsAllowed);
        Assert.True((await clients.Authorization.ForTenant(others.Tenant).EvaluateAsync(question)).IsAllowed);
    }
}
