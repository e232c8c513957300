using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Domain.Tests.Generation;

public class WorldGeneratorTests
{
    private static readonly IReadOnlyList<GeneratedWorld> Worlds = [.. Enumerable.Range(0, 200).Select(seed => WorldGenerator.World(seed))];

    [Fact]
    public void World_ManySeeds_EveryReasonIsMetOften()
    {
        var answers = Worlds.SelectMany(world => world.Requests.Select(asked =>
            Oracle.Decide(world.Model, world.SubjectOf(asked.Request.Subject), world.Entities, asked.Request, asked.At))).ToList();
        // A built-in policy denies now and then.
        var rates = answers.Where(answer => answer.MatchedPolicy is null).CountBy(answer => answer.Reason).ToDictionary(pair => pair.Key, pair => (double)pair.Value / answers.Count);
        Assert.Equal(["granted", "no_assignment", "not_in_scope", "not_owner", "permission_not_granted"], rates.Keys.Order());
        Assert.All(rates.Values, rate => Assert.InRange(rate, 0.03, 0.55));
        Assert.InRange((double)answers.Count(answer => answer.ValidUntil is not null) / answers.Count, 0.05, 0.9);
    }

    [Fact]
    public void WithPolicies_ManySeeds_EveryReasonOfPoliciesIsMetOften()
    {
        var answers = Worlds.Select(WorldGenerator.WithPolicies).SelectMany(world => world.Requests.Select(asked => (World: world, Answer:
            Oracle.Decide(world.Model, world.SubjectOf(asked.Request.Subject), world.Entities, asked.Request, asked.At)))).ToList();
        var rates = answers.CountBy(one => (one.Answer.Reason, HasPolicy: one.Answer.MatchedPolicy is not null))
            .ToDictionary(pair => pair.Key, pair => (double)pair.Value / answers.Count);
        foreach (var reason in new[] { "granted", "granted_by_policy", "denied_by_policy", "policy_error" })
        {
            Assert.InRange(rates[(reason, true)], 0.005, 0.4);
        }
        Assert.InRange((double)answers.Count(one => one.World.Model.Roles.Values.Any(role => role.Policies.Any(policy => policy.Id == one.Answer.MatchedPolicy))) / answers.Count, 0.01, 0.4);
    }

    [Fact]
    public void World_SameSeed_IsTheSame()
    {
        foreach (var world in Worlds.Take(20))
        {
            var again = WorldGenerator.World(world.Seed);
            Assert.Equal(world.Requests.Select(asked => CaseWriter.Write(world, asked)), again.Requests.Select(asked => CaseWriter.Write(again, asked)));
        }
        Assert.NotEqual(CaseWriter.Write(Worlds[0], Worlds[0].Requests[0]), CaseWriter.Write(Worlds[1], Worlds[1].Requests[0]));
    }

    [Fact]
    public void World_Roles_KeepTheRulesOfTheModel()
    {
        foreach (var world in Worlds)
        {
            var all = world.Model.Roles.Values.Concat(PackRoles.Of(world.Model.Packs)).ToDictionary(role => role.Id);
            var names = all.Values.Select(role => role.Name).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.DoesNotContain(all.Values, role => names.Contains(role.Id.Value) && role.Name != role.Id.Value);
            foreach (var role in all.Values)
            {
                Assert.InRange(ChainFrom(role, all, 1), 1, 10);
                Assert.InRange(role.Level, 0, 100);
                Assert.All(role.Parents, edge => Assert.True(edge.Type == InheritanceType.None || all[edge.Parent].Level <= role.Level));
            }
        }
        Assert.Equal(10, Worlds.Max(world => world.Model.Roles.Values.Max(role =>
            ChainFrom(role, world.Model.Roles.Values.Concat(PackRoles.Of(world.Model.Packs)).ToDictionary(one => one.Id), 1))));
    }

    [Fact]
    public void World_ManySeeds_HaveEveryKindOfThing()
    {
        var roles = Worlds.SelectMany(world => world.Model.Roles.Values).ToList();
        var grants = Worlds.SelectMany(world => world.Subjects.SelectMany(one => one.State.Live)).ToList();
        Assert.Equal(Enum.GetValues<InheritanceType>(), roles.SelectMany(role => role.Parents).Select(edge => edge.Type).Distinct().Order());
        Assert.Contains(roles, role => !role.IsActive);
        Assert.Contains(roles, role => role.IsDeleting);
        Assert.Contains(grants, one => one.IsSuspended);
        Assert.Contains(grants, one => one.Scope.Count > 1);
        Assert.Equal(["all", "any", "attribute_match", "expression", "ip_range", "json_logic", "not", "resource_owner", "time_range"], grants.SelectMany(one => one.Conditions).Select(one => one.Type).Distinct().Order());
        Assert.All(grants, one => Assert.True(one.StartsAt is null || one.ExpiresAt is null || one.StartsAt < one.ExpiresAt));
    }

    [Fact]
    public void World_ManySeeds_StoredEntitiesDecideOften()
    {
        var none = new Dictionary<EntityId, AttributeBag>();
        var changed = Worlds.Sum(world => world.Requests.Count(asked => Decide(world, asked, world.Entities) != Decide(world, asked, none)));
        var rate = (double)changed / Worlds.Sum(world => world.Requests.Count);
        Assert.InRange(rate, 0.005, 0.5);
        Assert.Contains(Worlds, world => world.Entities.Count == 0);

        static OracleAnswer Decide(GeneratedWorld world, GeneratedRequest asked, IReadOnlyDictionary<EntityId, AttributeBag> entities) =>
            Oracle.Decide(world.Model, world.SubjectOf(asked.Request.Subject), entities, asked.Request, asked.At);
    }

    // A cycle would never end but for the limit.
    private static int ChainFrom(RoleDefinition role, Dictionary<RoleId, RoleDefinition> all, int length) =>
        length > 10 ? length : role.Parents.Select(edge => ChainFrom(all[edge.Parent], all, length + 1)).DefaultIfEmpty(length).Max();
}
