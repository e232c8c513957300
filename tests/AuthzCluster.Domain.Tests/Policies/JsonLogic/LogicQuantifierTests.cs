namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary><c>all</c>, <c>none</c> and <c>some</c>.</summary>
public class LogicQuantifierTests
{
    private const string Integers = "{'integers': [1, 2, 3]}";
    private const string NoIntegers = "{'integers': []}";
    private const string Items = "{'items': [{'qty': 1, 'sku': 'apple'}, {'qty': 2, 'sku': 'banana'}]}";
    private const string NoItems = "{'items': []}";

    [Theory]
    [InlineData("{'var': 'integers'}, {'>=': [{'var': ''}, 1]}", Integers, "true")]
    [InlineData("{'var': 'integers'}, {'==': [{'var': ''}, 1]}", Integers, "false")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", Integers, "false")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", NoIntegers, "false")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", Items, "true")]
    [InlineData("{'var': 'items'}, {'>': [{'var': 'qty'}, 1]}", Items, "false")]
    [InlineData("{'var': 'items'}, {'<': [{'var': 'qty'}, 1]}", Items, "false")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", NoItems, "false")]
    public void All_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("all", arguments), data);

    [Theory]
    [InlineData("{'var': 'integers'}, {'>=': [{'var': ''}, 1]}", Integers, "false")]
    [InlineData("{'var': 'integers'}, {'==': [{'var': ''}, 1]}", Integers, "false")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", Integers, "true")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", NoIntegers, "true")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", Items, "false")]
    [InlineData("{'var': 'items'}, {'>': [{'var': 'qty'}, 1]}", Items, "false")]
    [InlineData("{'var': 'items'}, {'<': [{'var': 'qty'}, 1]}", Items, "true")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", NoItems, "true")]
    public void None_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("none", arguments), data);

    [Theory]
    [InlineData("{'var': 'integers'}, {'>=': [{'var': ''}, 1]}", Integers, "true")]
    [InlineData("{'var': 'integers'}, {'==': [{'var': ''}, 1]}", Integers, "true")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", Integers, "false")]
    [InlineData("{'var': 'integers'}, {'<': [{'var': ''}, 1]}", NoIntegers, "false")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", Items, "true")]
    [InlineData("{'var': 'items'}, {'>': [{'var': 'qty'}, 1]}", Items, "true")]
    [InlineData("{'var': 'items'}, {'<': [{'var': 'qty'}, 1]}", Items, "false")]
    [InlineData("{'var': 'items'}, {'>=': [{'var': 'qty'}, 1]}", NoItems, "false")]
    public void Some_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("some", arguments), data);

    [Theory]
    [InlineData("all", "'text', true", "false")]
    [InlineData("none", "'text', true", "true")]
    [InlineData("some", "'text', true", "false")]
    [InlineData("all", "[1, 'a', 0, {'/': [1, 0]}], true", null)]
    [InlineData("some", "[1, 0], {'/': [1, {'var': ''}]}", "true")]
    [InlineData("all", "[1, 0], {'/': [1, {'var': ''}]}", null)]
    public void Quantifier_OfOddLists_StopsWhereItIsDecided(string name, string arguments, string? expected)
    {
        if (expected is null)
        {
            Logic.Fails(Logic.Call(name, arguments));
            return;
        }
        Logic.Is(expected, Logic.Call(name, arguments));
    }
}
