using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Tests.Policies;

public class PolicyOrderTests
{
    [Fact]
    public void Next_ListsThatOverlap_TellsEachPolicyOnceInItsOrder()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var all = Enumerable.Range(0, random.Next(1, 60)).Select(i => Policy($"p{i}", random)).ToArray();
            var lists = new PolicyLists();
            var expected = new HashSet<CompiledPolicy>();
            for (var left = random.Next(2 * PolicyOrder.FewLists + 2); left > 0; left--)
            {
                var list = Sorted(all.Where(_ => random.Next(4) == 0));
                lists.Add(list);
                expected.UnionWith(list);
            }
            Assert.Equal(Sorted(expected).Select(policy => policy.Definition.Id), Walk(lists).Select(policy => policy.Definition.Id));
        }
    }

    [Fact]
    public void Next_AListForEachOfManyRoles_TellsAll()
    {
        // 20,000 lists of 20: to look at each for each next policy would take 8 billion steps.
        var random = new Random(1);
        var lists = new PolicyLists();
        for (var i = 0; i < 20_000; i++)
        {
            lists.Add(Sorted(Enumerable.Range(0, 20).Select(j => Policy($"p{i}.{j}", random))));
        }
        var walked = Walk(lists);
        Assert.Equal(400_000, walked.Count);
        Assert.Equal(Sorted(walked), walked);
    }

    private static CompiledPolicy[] Sorted(IEnumerable<CompiledPolicy> policies)
    {
        CompiledPolicy[] sorted = [.. policies];
        Array.Sort(sorted, (a, b) => CompiledPolicy.Order(a.Definition, b.Definition));
        return sorted;
    }

    private static List<CompiledPolicy> Walk(PolicyLists lists)
    {
        var order = new PolicyOrder(lists, new int[PolicyOrder.RoomFor(lists.Count)]);
        var walked = new List<CompiledPolicy>();
        while (order.Next() is { } policy)
        {
            walked.Add(policy);
        }
        return walked;
    }

    private static CompiledPolicy Policy(string id, Random random)
    {
        var definition = new PolicyDefinition { Id = id, Name = id, Effect = (PolicyEffect)random.Next(2), Priority = random.Next(3) };
        return new CompiledPolicy(definition, null, CustomConditions.None);
    }
}
