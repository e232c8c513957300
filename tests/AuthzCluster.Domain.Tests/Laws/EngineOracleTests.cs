using AuthzCluster.Domain.Decisions;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;
using Xunit.Abstractions;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>Engine and oracle, which share no code, decide generated worlds alike.</summary>
public class EngineOracleTests(ITestOutputHelper output)
{
    private const int Worlds = 2000, QuestionsEach = 50;

    [Fact]
    [Trait("Category", "Soak")]
    public void Decide_GeneratedWorlds_AgreesWithTheOracle()
    {
        var budget = new SoakBudget(Worlds);
        var decided = 0L;
        for (var round = 0; budget.Allows(round); round++)
        {
            var plain = WorldGenerator.World(SoakBudget.FirstSeed + round, QuestionsEach);
            var world = round % 4 == 0 ? plain : WorldGenerator.WithPolicies(plain);
            var tenant = CompiledTenant.Compile(world.Model);
            var grants = world.Subjects.ToDictionary(one => one.Subject, one => SubjectGrants.Compile(one.Subject, one.State));
            foreach (var question in world.Requests)
            {
                var subject = question.Request.Subject;
                var state = world.SubjectOf(subject);
                var expected = Oracle.Decide(world.Model, state, world.Entities, question.Request, question.At);
                var holder = grants.GetValueOrDefault(subject) ?? SubjectGrants.Compile(subject, state);
                var actual = DecisionEngine.Decide(tenant, holder, EngineRunner.Join(tenant, world.Entities, question.Request), question.At);
                Assert.True(Same(expected, CaseOutcome.Of(actual)), $"{actual}\n{CaseWriter.Write(world, question)}");
                decided++;
            }
        }
        output.WriteLine($"{decided} decisions, first seed {SoakBudget.FirstSeed}");
    }

    private static bool Same(OracleAnswer expected, CaseOutcome actual) =>
        (expected.Reason, expected.MatchedRole, expected.MatchedPermission, expected.MatchedAssignment, expected.MatchedPolicy)
        == (actual.Reason, actual.MatchedRole, actual.MatchedPermission, actual.MatchedAssignment, actual.MatchedPolicy) && expected.AgreesOn(actual.ValidUntil);
}
