using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tests.Decisions;

public class DecisionEngineTests
{
    [Theory]
    [InlineData("docs:act7", true)]
    [InlineData("docs:nothing", false)]
    [InlineData("unknown.thing:read", false)]
    [InlineData("authz.roles.deep:read", true)]
    public void Decide_PlainCheck_AllocatesNothing(string permission, bool allowed)
    {
        var roles = Enumerable.Range(0, 5).Select(i => Tenant.Role($"r{i}", [.. Enumerable.Range(0, 20).Select(n => $"docs{i}:act{n}")]));
        var tenant = CompiledTenant.Compile(Tenant.Of([.. roles, Tenant.Role("last", ["docs:*", "authz.*:read"], Tenant.Full("r1"))]));
        var docs = Tenant.Role("docs", ["docs:act7"]);
        tenant = tenant.Update(tenant.Model with { Roles = tenant.Model.Roles.Add(docs.Id, docs).Remove(new RoleId("r4")) }, [docs.Id, new RoleId("r4")]);
        var grants = Tenant.Alice("r0", "r1", "r2", "r3", permission.StartsWith("authz", StringComparison.Ordinal) ? "last" : "docs");
        var request = Tenant.Ask(permission);
        Assert.Equal(allowed, DecisionEngine.Decide(tenant, grants, request, Tenant.Now).IsAllowed);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            DecisionEngine.Decide(tenant, grants, request, Tenant.Now);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Decide_RandomGrantsAndQuestions_CoverAsTheRuleSays()
    {
        string[] resources = ["*", "a", "a.b", "a.*", "a.b.*", "a.b.c", "b", "b.*"], actions = ["*", "x", "y"], scopes = ["", ":own", ":team", ":customer", ":*"];
        var random = new Random(20260101);
        string Any() => $"{resources[random.Next(resources.Length)]}:{actions[random.Next(actions.Length)]}{scopes[random.Next(scopes.Length)]}";
        for (var round = 0; round < 20_000; round++)
        {
            var granted = Enumerable.Range(0, random.Next(5)).Select(_ => Any()).ToArray();
            var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", granted)));
            var required = $"{resources[random.Next(resources.Length)]}:{actions[random.Next(actions.Length)]}{scopes[1 + random.Next(4)]}";
            var expected = granted.Any(text => Permission.Parse(text).Covers(Permission.Parse(required)));
            var decision = DecisionEngine.Decide(tenant, Tenant.Alice("r"), Tenant.Ask(required), Tenant.Now);
            Assert.True(expected == decision.IsAllowed, $"{string.Join(", ", granted)} over {required}: {decision.Reason}");
            Assert.True(!decision.IsAllowed || decision.MatchedPermission!.Covers(Permission.Parse(required)));
            Assert.Equal(expected, tenant.FindCover(new RoleId("r"), Permission.Parse(required)).By is not null);
        }
    }

    [Fact]
    public void Decide_ResourceOfManyDots_FindsEveryPrefix()
    {
        var dots = string.Join('.', Enumerable.Repeat("a", 64));
        var patterns = Enumerable.Range(1, 60).Select(n => string.Join('.', Enumerable.Repeat("a", n)) + ".*:other").Append("a.*:read").ToArray();
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", patterns)));
        Assert.Equal("a.*:read", DecisionEngine.Decide(tenant, Tenant.Alice("r"), Tenant.Ask($"{dots}:read"), Tenant.Now).MatchedPermission?.ToString());
    }

    [Fact]
    public void Decide_SeveralGrantedPermissions_TellsTheMostSpecific()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["*", "a.*:*", "a.b.*:*", "a.b.c:*", "a.b.c:read", "a.b.c:read:own"])));
        string? Matched(string question) => DecisionEngine.Decide(tenant, Tenant.Alice("r"), Tenant.Ask(question), Tenant.Now).MatchedPermission?.ToString();
        Assert.Equal("a.b.c:read", Matched("a.b.c:read"));
        Assert.Equal("a.b.c:read:own", Matched("a.b.c:read:own"));
        Assert.Equal("a.b.c:*", Matched("a.b.c:write"));
        Assert.Equal("a.b.*:*", Matched("a.b.d:read"));
        Assert.Equal("a.*:*", Matched("a.x:read"));
        Assert.Equal("*", Matched("x:read"));
    }

    [Fact]
    public void Decide_DenseDiamondsOfConditionalEdges_VisitsEachRoleOnce()
    {
        // Ten layers of ten roles, each with all of the next layer as conditional parents: 10^9 paths.
        var condition = new Domain.Policies.Condition("attribute_match", Domain.Attributes.AttributeBag.Of(
            ("attribute", Domain.Attributes.AttributeValue.Of("go")), ("expected", Domain.Attributes.AttributeValue.Of(true))));
        var roles = from layer in Enumerable.Range(0, 10)
                    from place in Enumerable.Range(0, 10)
                    select Tenant.Role($"r{layer}-{place}", layer == 9 ? ["a:read"] : [], layer == 9 ? [] : [.. Enumerable.Range(0, 10).Select(
                        parent => new ParentEdge(new RoleId($"r{layer + 1}-{parent}"), InheritanceType.Conditional) { Conditions = [condition] })]);
        var tenant = CompiledTenant.Compile(Tenant.Of([.. roles]));
        var go = Tenant.Ask("a:read") with { Context = Domain.Attributes.AttributeBag.Of(("go", Domain.Attributes.AttributeValue.Of(true))) };
        Assert.True(DecisionEngine.Decide(tenant, Tenant.Alice("r0-0"), go, Tenant.Now).IsAllowed);
        Assert.Equal(DecisionReason.NotInScope, DecisionEngine.Decide(tenant, Tenant.Alice("r0-0"), Tenant.Ask("a:read"), Tenant.Now).Reason);
        var trace = DecisionEngine.Explain(tenant, Tenant.Alice("r0-0"), go, Tenant.Now).Trace;
        Assert.Equal(10, Assert.Single(trace).Path.Length);
    }

    [Fact]
    public void Decide_AtEachBoundary_CountsFromStartToBeforeExpiry()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["a:read"])));
        var grants = Tenant.Alice(Tenant.Grant("a1", "r") with { StartsAt = Tenant.Now, ExpiresAt = Tenant.Now.AddHours(1) });
        Decision At(TimeSpan after) => DecisionEngine.Decide(tenant, grants, Tenant.Ask("a:read"), Tenant.Now + after);
        var tick = TimeSpan.FromTicks(1);
        Assert.Equal((false, Tenant.Now), (At(-tick).IsAllowed, At(-tick).ValidUntil));
        Assert.Equal((true, Tenant.Now.AddHours(1)), (At(TimeSpan.Zero).IsAllowed, At(TimeSpan.Zero).ValidUntil));
        Assert.True(At(TimeSpan.FromHours(1) - tick).IsAllowed);
        Assert.Equal((false, null), (At(TimeSpan.FromHours(1)).IsAllowed, At(TimeSpan.FromHours(1)).ValidUntil));
    }

    [Fact]
    public void Lesson01_TheSameGrantsOverAnotherModel_AreDecidedByThatModel()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["a:read"])));
        var grants = Tenant.Alice("r");
        Assert.True(DecisionEngine.Decide(tenant, grants, Tenant.Ask("a:read"), Tenant.Now).IsAllowed);
        var role = Tenant.Role("r", ["a:write"]);
        var changed = tenant.Update(tenant.Model with { Roles = tenant.Model.Roles.SetItem(role.Id, role) }, [role.Id]);
        Assert.Equal(DecisionReason.PermissionNotGranted, DecisionEngine.Decide(changed, grants, Tenant.Ask("a:read"), Tenant.Now).Reason);
        Assert.True(DecisionEngine.Decide(changed, grants, Tenant.Ask("a:write"), Tenant.Now).IsAllowed);
        Assert.True(DecisionEngine.Decide(tenant, grants, Tenant.Ask("a:read"), Tenant.Now).IsAllowed);
    }

    [Fact]
    public void Decide_ARoleThatIsBeingDeleted_GivesNothingItselfNorToItsChildren()
    {
        var going = Tenant.Role("going", ["a:read"]) with { IsDeleting = true };
        var tenant = CompiledTenant.Compile(Tenant.Of(going, Tenant.Role("child", [], Tenant.Full("going"))));
        Assert.Equal(DecisionReason.NoAssignment, DecisionEngine.Decide(tenant, Tenant.Alice("going"), Tenant.Ask("a:read"), Tenant.Now).Reason);
        Assert.Equal(DecisionReason.PermissionNotGranted, DecisionEngine.Decide(tenant, Tenant.Alice("child"), Tenant.Ask("a:read"), Tenant.Now).Reason);
    }

    [Fact]
    public void Decide_WhatWasRevoked_NeverCounts()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["a:read"])));
        var revoked = Tenant.Grant("a1", "r") with { RevokedAt = Tenant.Now.AddDays(1) };
        Assert.Equal(DecisionReason.NoAssignment, DecisionEngine.Decide(tenant, Tenant.Alice(revoked), Tenant.Ask("a:read"), Tenant.Now).Reason);
    }

    [Fact]
    public void Lesson25_ACheck_DoesTheSameWorkWhateverElseThereIs()
    {
        var small = Tenant.Of(Tenant.Role("r", ["a.b:read"]), Tenant.Role("s", ["a.*:list"]));
        var others = Enumerable.Range(0, 2_000).Select(i => Tenant.Role($"other{i}", [$"x{i}.y.z:read", $"x{i}.*:*"], Tenant.Full("r")));
        var teams = Enumerable.Range(0, 2_000).ToImmutableSortedDictionary(
            i => $"team{i}", i => ImmutableArray.Create(Tenant.Grant($"t{i}", $"other{i}")), StringComparer.Ordinal);
        var large = small with { Roles = small.Roles.AddRange(others.Select(role => KeyValuePair.Create(role.Id, role))), TeamGrants = teams, TeamHistory = teams };
        var (few, many) = (CompiledTenant.Compile(small), CompiledTenant.Compile(large));
        foreach (var ask in new[] { "a.b:read", "a.b:list", "nothing:read", "x7.y.z:read" })
        {
            // Work is counted in bytes: those of the first check, which looks up each grant's role, and none of the next.
            Assert.Equal(AllocatedBy(few, [], ask), AllocatedBy(many, [], ask));
        }
    }

    [Fact]
    public void Lesson25_ACheckOfThePresent_DoesNotWeighWhatIsOver()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["a:read"]), Tenant.Role("s", [])));
        var history = Enumerable.Range(1, 100).Select(i => Tenant.Grant($"h{i}", "r") with { ExpiresAt = Tenant.Now.AddMinutes(-i) }).ToArray();
        Assert.Equal(AllocatedBy(tenant, history[..1], "a:read"), AllocatedBy(tenant, history, "a:read"));
    }

    private static (long First, long Next) AllocatedBy(CompiledTenant tenant, Assignment[] history, string ask)
    {
        var request = Tenant.Ask(ask);
        Count();
        return Count();

        (long, long) Count()
        {
            var grants = SubjectGrants.Compile(SubjectId.User("alice"), new SubjectAssignments
            {
                Revision = 1, Live = [Tenant.Grant("a", "r"), Tenant.Grant("b", "s")], History = [.. history],
            });
            var start = GC.GetAllocatedBytesForCurrentThread();
            DecisionEngine.Decide(tenant, grants, request, Tenant.Now);
            var first = GC.GetAllocatedBytesForCurrentThread();
            DecisionEngine.Decide(tenant, grants, request, Tenant.Now);
            var second = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(0, second - first);
            return (first - start, second - first);
        }
    }

    [Fact]
    public void Decide_GrantsThatOverlap_IsValidUntilTheLastEnds()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("r", ["a:read"]), Tenant.Role("s", ["a:read"])));
        var first = Tenant.Grant("a1", "r") with { ExpiresAt = Tenant.Now.AddHours(1) };
        var second = Tenant.Grant("a2", "s") with { StartsAt = Tenant.Now.AddMinutes(30), ExpiresAt = Tenant.Now.AddHours(2) };
        var third = Tenant.Grant("a3", "s") with { StartsAt = Tenant.Now.AddHours(3) };
        var decision = DecisionEngine.Decide(tenant, Tenant.Alice(first, second, third), Tenant.Ask("a:read"), Tenant.Now);
        Assert.Equal(Tenant.Now.AddHours(2), decision.ValidUntil);
    }
}
