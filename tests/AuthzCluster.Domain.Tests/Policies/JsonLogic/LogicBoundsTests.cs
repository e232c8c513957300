using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>What one evaluation may cost.</summary>
public class LogicBoundsTests
{
    private const string Doubling = "{'reduce': [{'var': 'list'}, {'cat': [{'var': 'accumulator'}, {'var': 'accumulator'}]}, 'x']}";
    private const string Nesting = "{'reduce': [{'var': 'list'}, [{'var': 'accumulator'}], 0]}";
    private const string Bushing = "{'reduce': [{'var': 'list'}, [{'var': 'accumulator'}, {'var': 'accumulator'}], 0]}";

    [Theory]
    [InlineData(2, true)]
    [InlineData(10, true)]
    [InlineData(100, false)]
    public void Steps_OfIterationsWithinIterations_AreBounded(int items, bool isDone) =>
        Judge("{'map': [{'var': 'list'}, {'map': [" + List(items) + ", {'map': [" + List(items) + ", 1]}]}]}", items, isDone);

    [Theory]
    [InlineData("{'in': ['x', {'var': 'list'}]}")]
    [InlineData("{'merge': [{'var': 'list'}]}")]
    [InlineData("{'map': [{'var': 'list'}, 1]}")]
    [InlineData("{'filter': [{'var': 'list'}, 1]}")]
    [InlineData("{'reduce': [{'var': 'list'}, 1]}")]
    [InlineData("{'all': [{'var': 'list'}, 1]}")]
    [InlineData("{'missing': [{'var': 'list'}]}")]
    [InlineData("{'==': [{'var': 'list'}, {'var': 'list'}]}")]
    public void Steps_OfALongList_AreBounded(string rule)
    {
        Judge(rule, 1000, isDone: true);
        Judge(rule, 10_001, isDone: false);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(40, false)]
    public void Text_ThatIsBuilt_IsBounded(int items, bool isDone) => Judge(Doubling, items, isDone);

    [Theory]
    [InlineData(60, true)]
    [InlineData(2000, false)]
    public void Comparing_DeepValues_IsBounded(int depth, bool isDone) => Judge("{'==': [" + Nesting + ", " + Nesting + "]}", depth, isDone);

    [Theory]
    [InlineData(5, true)]
    [InlineData(50, false)]
    public void Comparing_BushyValues_IsBounded(int depth, bool isDone) => Judge("{'===': [" + Bushing + ", " + Bushing + "]}", depth, isDone);

    [Theory]
    [InlineData(1000, true)]
    [InlineData(100_000, false)]
    public void Searching_LongTexts_IsBounded(int length, bool isDone)
    {
        var (text, part) = (new string('a', length), new string('a', length / 2) + "b");
        var data = AttributeValue.Of(AttributeBag.Of(("text", AttributeValue.Of(text)), ("part", AttributeValue.Of(part))));
        Assert.Equal(isDone, Logic.Evaluate(Logic.Value("{'in': [{'var': 'part'}, {'var': 'text'}]}"), data) is not null);
    }

    private static void Judge(string rule, int items, bool isDone)
    {
        var data = AttributeValue.Of(AttributeBag.Of(("list", AttributeValue.Of([.. Enumerable.Repeat(AttributeValue.Of(1m), items)]))));
        Assert.Equal(isDone, Logic.Evaluate(Logic.Value(rule), data) is not null);
    }

    private static string List(int items) => $"[{string.Join(", ", Enumerable.Repeat(1, items))}]";
}
