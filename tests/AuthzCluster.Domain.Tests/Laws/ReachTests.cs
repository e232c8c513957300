using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>What searches pass over: whom the oracle, which knows nothing of reach, allows is never among it.</summary>
public class ReachTests
{
    private const int Worlds = 60, QuestionsEach = 10;

    [Fact]
    [Trait("Category", "Soak")]
    public void Of_GeneratedWorlds_HasWhomTheOracleAllows()
    {
        var budget = new SoakBudget(Worlds);
        var (allowed, narrow) = (0, 0);
        for (var round = 0; budget.Allows(round); round++)
        {
            var plain = WorldGenerator.World(SoakBudget.FirstSeed + round, QuestionsEach);
            var world = round % 4 == 0 ? WorldGenerator.WithPolicies(plain) : plain;
            var tenant = CompiledTenant.Compile(world.Model);
            foreach (var question in world.Requests)
            {
                var reach = Reach.Of(tenant, question.Request.Permission);
                foreach (var (subject, state) in world.Subjects.Where(one => !one.Subject.IsTeam))
                {
                    var asked = question with { Request = question.Request with { Subject = subject } };
                    if (!Oracle.Decide(world.Model, state, world.Entities, asked.Request, asked.At).IsAllowed)
                    {
                        continue;
                    }
                    allowed++;
                    narrow += reach.IsOpen ? 0 : 1;
                    var held = state.Live.Concat(state.History).Select(one => one.Role).Concat(state.Teams.SelectMany(team =>
                        world.Model.TeamGrants.GetValueOrDefault(team, []).Concat(world.Model.TeamHistory.GetValueOrDefault(team, []))).Select(grant => grant.Role));
                    Assert.True(reach.IsOpen || held.Any(reach.Roles.Contains), CaseWriter.Write(world, asked));
                }
            }
        }
        Assert.True(allowed > 0 && narrow > 0, $"{allowed} allowed, {narrow} by roles alone");
    }

    [Fact]
    public void ActionsOf_AType_AreThoseThatAreNamedForItOrForAPatternOverIt()
    {
        var model = WorldGenerator.World(1, 1).Model with { Roles = WorldGenerator.World(1, 1).Model.Roles.Clear(), Packs = [] };
        var role = new RoleDefinition
        {
            Id = new RoleId("r"), Name = "r", DisplayName = "r",
            Permissions = [.. new[] { "doc:read", "doc:write:own", "doc:*", "*:list", "do.*:no", "other:fly", "*" }.Select(Permission.Parse)],
        };
        var tenant = CompiledTenant.Compile(model with { Roles = model.Roles.Add(role.Id, role) });

        var actions = ActionNames.Of(tenant, "doc");

        Assert.Equal(["list", "read", "write"], actions.Except(model.Registry.All.Where(entry => entry.Permission.CoversResource("doc")).Select(entry => entry.Permission.Action)));
        Assert.Contains("no", ActionNames.Of(tenant, "do.c"));
    }
}
