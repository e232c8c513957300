using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Specification.Schema;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Generation;

public class CaseWriterTests
{
    [Fact]
    public async Task Write_GeneratedQuestions_ReadBackAndPassOnTheOracle()
    {
        var schema = CaseSchema.Load();
        var runner = new OracleRunner();
        var plain = Enumerable.Range(1000, 60).Select(seed => WorldGenerator.World(seed, requests: 10)).ToList();
        foreach (var world in plain.Concat(plain.Select(WorldGenerator.WithPolicies)))
        {
            foreach (var asked in world.Requests)
            {
                var text = CaseWriter.Write(world, asked);
                var breaches = schema.Check(text).Concat(await CaseSuite.FailuresAsync(runner, CaseReader.Read("generated", text))).ToList();
                Assert.True(breaches.Count == 0, string.Join('\n', breaches.Append(text)));
            }
        }
    }

    [Fact]
    public async Task Write_AnotherAnswer_FailsOnTheOracle()
    {
        var world = WorldGenerator.World(1);
        var text = CaseWriter.Write(world, world.Requests[0], new OracleAnswer("granted", "nobody", "x:y"));
        Assert.NotEmpty(await CaseSuite.FailuresAsync(new OracleRunner(), CaseReader.Read("generated", text)));
    }
}
