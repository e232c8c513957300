using AuthzCluster.Domain.Decisions;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;
using Xunit.Abstractions;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>What is told to stand in the way is made so, by hand, and the oracle is asked: with all of it the answer is yes; with less, or by one change where several were told, it is not.</summary>
public class WhyNotLawTests(ITestOutputHelper output)
{
    private const int Worlds = 40, QuestionsEach = 8;

    [Fact]
    [Trait("Category", "Soak")]
    public void WhyNot_OfGeneratedDenials_IsEnoughAndNeededAndTheLeast()
    {
        var budget = new SoakBudget(Worlds);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; budget.Allows(round); round++)
        {
            var plain = WorldGenerator.World(SoakBudget.FirstSeed + round, QuestionsEach);
            var world = round % 4 == 0 ? plain : WorldGenerator.WithPolicies(plain);
            var tenant = CompiledTenant.Compile(world.Model);
            foreach (var question in world.Requests)
            {
                var state = world.SubjectOf(question.Request.Subject);
                var joined = EngineRunner.Join(tenant, world.Entities, question.Request);
                var explanation = DecisionEngine.Explain(tenant, SubjectGrants.Compile(question.Request.Subject, state), joined, question.At);
                Assert.Equal(explanation.Decision.IsAllowed, explanation.WhyNot.IsEmpty);
                // A pack's policy is nothing that a model can be without.
                if (!explanation.Decision.IsAllowed && !explanation.WhyNot.Any(one => one.Policy?.StartsWith("policy_", StringComparison.Ordinal) == true))
                {
                    Hold(world, question, new MendedWorld(world.Model, state, joined), explanation);
                    var told = string.Join('+', explanation.WhyNot.Select(one => one.Policy is null ? $"{one.Kind}" : $"{one.Kind} of a policy"));
                    kinds[told] = kinds.GetValueOrDefault(told) + 1;
                }
            }
        }
        output.WriteLine($"first seed {SoakBudget.FirstSeed}\n{string.Join('\n', kinds.OrderByDescending(one => one.Value).Select(one => $"{one.Value} {one.Key}"))}");
        // What is rarer is in the cases.
        Assert.All(Enum.GetValues<ObstacleKind>().Except([ObstacleKind.SuspendedGrant, ObstacleKind.InactivePolicy]), kind => Assert.Contains($"{kind}", string.Join(' ', kinds.Keys), StringComparison.Ordinal));
    }

    // As the contract orders as many changes.
    private static int Rank(Obstacle one) => one.Kind switch
    {
        ObstacleKind.MissingGrant => 4,
        ObstacleKind.MissingPermission => 3,
        ObstacleKind.Policy => 2,
        ObstacleKind.NotOwner or ObstacleKind.NotInScope => 0,
        _ => one.Policy is null ? 0 : 1,
    };

    private static void Hold(GeneratedWorld world, GeneratedRequest question, MendedWorld before, Explanation explanation)
    {
        var told = explanation.WhyNot;
        Assert.True(IsAllowed(before.Without(told)), Report("is not enough"));
        for (var i = 0; i < told.Length; i++)
        {
            Assert.False(IsAllowed(before.Without(told.RemoveAt(i))), Report($"does not need {told[i]}"));
        }
        // Of those that tell one change, the oracle is asked about all others of some.
        var isTried = told.Length > 1 || Rank(told[0]) < 3 || question.Request.ResourceId is null;
        foreach (var (change, after) in before.EachChange().Where(one => isTried && (told.Length > 1 || Rank(one.What) < Rank(told[0]))))
        {
            Assert.False(IsAllowed([after]), Report($"is more than {change}"));
        }

        bool IsAllowed(IEnumerable<MendedWorld> worlds) => worlds.Any(one =>
            Oracle.Decide(one.Model, one.State, new Dictionary<Domain.Entities.EntityId, Domain.Attributes.AttributeBag>(), one.Request, question.At).IsAllowed);

        string Report(string what) => $"{CaseOutcome.Tell(told)} {what}\n{string.Join('\n', told)}\n{CaseWriter.Write(world, question)}";
    }
}
