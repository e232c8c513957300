using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

/// <summary>What one edit after another makes of a model and its index is what would be made of the whole.</summary>
public class PolicyEditTests
{
    private const int Roles = 4;

    private static readonly string[] Texts = ["a", "b", "c*", "*d", "a:x", "*", "e:x:own"];

    private static readonly string[] Principals = ["alice", "team:t", "role:r0", "role:r1", "user:*", "*"];

    private static readonly Permission[] Asked = [.. new[] { "a:x", "b:y", "cc:z", "d:d", "e:x:own", "q:x" }.Select(Permission.Parse)];

    [Fact]
    public void Update_RandomEdits_IsAsIfCompiledWhole()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var model = Tenant.Of([.. Enumerable.Range(0, Roles).Select(i => Tenant.Role($"r{i}", ["a:*", "b:y"]))]);
            var tenant = CompiledTenant.Compile(model);
            var grants = Tenant.Alice("r0", "r2", "r3");
            var edited = 0;
            for (var step = 0; step < 120; step++)
            {
                if (Edit(random, tenant.Model, step) is not { IsOk: true, Value: { IsNoOp: false } change })
                {
                    continue;
                }
                tenant = tenant.Update(change.Model, change.Touched);
                var whole = CompiledTenant.Compile(change.Model);
                edited += tenant.Policies is { Places.Edits: > 0 } ? 1 : 0;
                AssertSame(whole.Policies, tenant.Policies, $"seed {seed}, step {step}");
                Assert.Equal(SizeOf(tenant.Model), tenant.Model.Ledger.Size);
                foreach (var asked in Asked)
                {
                    var request = Tenant.Ask("a:x") with { Permission = asked };
                    Assert.Equal(DecisionEngine.Decide(whole, grants, request, Tenant.Now), DecisionEngine.Decide(tenant, grants, request, Tenant.Now));
                }
            }
            Assert.True(edited > 20, $"seed {seed}: only {edited} edits were taken into an index");
        }
    }

    [Fact]
    public void Update_OneOfManyPolicies_MakesAnewWhatItStandsInOnly()
    {
        var policies = Enumerable.Range(0, 1000).Select(i => Policy($"p{i}", i % 2 == 0 ? [$"r{i / 4}"] : [$"s{i / 4}*"]));
        var tenant = CompiledTenant.Compile(Tenant.Of() with { Policies = policies.ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal) });
        var change = PolicyEditor.Replace(tenant.Model, "p8", new PolicyDraft { Name = "p8", Effect = PolicyEffect.Deny, Resources = ["r2"], Priority = 7 }, null, Tenant.Now).Value!;

        var next = tenant.Update(change.Model, change.Touched).Policies!;

        var (before, after) = (tenant.Policies!.Places, next.Places);
        Assert.Equal(999, next.Ordered.Intersect(tenant.Policies.Ordered).Count());
        Assert.Equal(7, next.Ordered[0].Definition.Priority);
        Assert.Same(before[PolicyPlace.ResourcePrefix], after[PolicyPlace.ResourcePrefix]);
        Assert.Equal(1, Enumerable.Range(0, 250).Count(i => before[PolicyPlace.Resource].Of($"r{i}") != after[PolicyPlace.Resource].Of($"r{i}")));
    }

    [Fact]
    public void Update_TheFirstAndTheLastPolicy_ComeAndGo()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of());
        var made = PolicyEditor.Create(tenant.Model, new PolicyDraft { Name = "p", Effect = PolicyEffect.Deny }, "p", Tenant.Now).Value!;
        var one = tenant.Update(made.Model, made.Touched);
        Assert.Single(one.Policies!.Ordered);
        Assert.Null(one.Update(PolicyEditor.Delete(made.Model, "p", null, Tenant.Now).Value!.Model, []).Policies);
    }

    [Fact]
    public void Update_APolicyThatIsTriedInPlaceOfAPacks_IsTheOneThatCounts()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("clerk", ["a:x"])) with { Packs = ["business"] });
        var change = PolicyEditor.Try(tenant.Model, new PolicyDraft { Id = "policy_ownership", Name = "o", Effect = PolicyEffect.Deny, Priority = 3 }, "new", Tenant.Now).Value!;
        Assert.Equal(3, Assert.Single(tenant.Update(change.Model, change.Touched).Policies!.Ordered).Definition.Priority);
    }

    [Fact]
    public void Try_APolicyOfARole_ChangesNothingElse()
    {
        var draft = new PolicyDraft { Id = "own", Name = "o", Effect = PolicyEffect.Deny };
        var model = PolicyEditor.Attach(Tenant.Of(Tenant.Role("clerk", ["a:x"])), new RoleId("clerk"), draft, "own", null, Tenant.Now).Value!.Model;
        var change = PolicyEditor.Try(model, draft with { Priority = 3 }, "new", Tenant.Now.AddHours(1)).Value!;
        Assert.Equal((model.Revision, model.UpdatedAt), (change.Model.Revision, change.Model.UpdatedAt));
        Assert.Equal(3, change.Model.Roles[new RoleId("clerk")].Policies.Single().Priority);
        Assert.Equal(new RoleId("clerk"), Assert.Single(change.Touched));
    }

    private static Result<ModelChange> Edit(Random random, TenantModel model, int step)
    {
        var (id, role) = ($"p{random.Next(12)}", new RoleId($"r{random.Next(Roles)}"));
        var draft = new PolicyDraft
        {
            Name = "p",
            Effect = (PolicyEffect)random.Next(2),
            Resources = Some(random, Texts),
            Actions = random.Next(2) == 0 ? [] : Some(random, ["x", "y", "z*"]),
            Principals = random.Next(2) == 0 ? [] : Some(random, Principals),
            Priority = random.Next(3),
            IsActive = random.Next(5) > 0,
        };
        return random.Next(9) switch
        {
            0 or 1 => PolicyEditor.Create(model, draft, id, Tenant.Now),
            2 or 3 => PolicyEditor.Replace(model, id, draft, null, Tenant.Now),
            4 => PolicyEditor.Delete(model, id, null, Tenant.Now),
            5 => PolicyEditor.Attach(model, role, draft, id, null, Tenant.Now),
            6 => PolicyEditor.Detach(model, role, id, null, Tenant.Now),
            7 => RoleEditor.Replace(model, role, new RoleDraft { Name = role.Value, Permissions = ["a:*"], Policies = random.Next(2) == 0 ? [] : [draft with { Id = id }] }, null, Tenant.Now),
            _ => ModelImporter.Import(model, new ModelImport([]) { Policies = [draft with { Id = id }, draft with { Id = $"i{step % 3}" }] }, () => $"n{step}", "user:root", Tenant.Now)
                .Map(imported => imported.Change),
        };
    }

    private static string[] Some(Random random, string[] texts) => [.. texts.Where(_ => random.Next(3) == 0)];

    private static void AssertSame(PolicyIndex? whole, PolicyIndex? edited, string when)
    {
        Assert.True((whole?.Ordered ?? []).Select(Key).SequenceEqual((edited?.Ordered ?? []).Select(Key)), when);
        if (whole is not null && edited is not null)
        {
            Assert.Equal((whole.UsesRoles, whole.AsksOutside), (edited.UsesRoles, edited.AsksOutside));
            Assert.True(whole.Places.Named.Count == edited.Places.Named.Count && whole.Places.Named.All(named => edited.Places.Named[named.Key] == named.Value), when);
        }
    }

    private static (PolicyDefinition Definition, RoleId? Role) Key(CompiledPolicy policy) => (policy.Definition, policy.Role);

    private static long SizeOf(TenantModel model) => model.Policies.Values.Concat(model.Roles.Values.SelectMany(role => role.Policies)).Sum(PolicySize.Of);

    private static PolicyDefinition Policy(string id, ImmutableArray<string> resources) => new() { Id = id, Name = id, Effect = PolicyEffect.Deny, Resources = resources };
}
