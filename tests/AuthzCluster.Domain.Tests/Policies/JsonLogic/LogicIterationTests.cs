namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary><c>map</c>, <c>filter</c>, <c>reduce</c> and <c>merge</c>.</summary>
public class LogicIterationTests
{
    private const string Integers = "{'integers': [1, 2, 3]}";
    private const string FourIntegers = "{'integers': [1, 2, 3, 4]}";
    private const string Desserts = "{'desserts': [{'name': 'apple', 'qty': 1}, {'name': 'brownie', 'qty': 2}, {'name': 'cupcake', 'qty': 3}]}";

    [Theory]
    [InlineData("{'var': 'integers'}, {'*': [{'var': ''}, 2]}", Integers, "[2, 4, 6]")]
    [InlineData("{'var': 'integers'}, {'*': [{'var': ''}, 2]}", "null", "[]")]
    [InlineData("{'var': 'desserts'}, {'var': 'qty'}", Desserts, "[1, 2, 3]")]
    public void Map_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("map", arguments), data);

    [Theory]
    [InlineData("{'var': 'integers'}, true", Integers, "[1, 2, 3]")]
    [InlineData("{'var': 'integers'}, false", Integers, "[]")]
    [InlineData("{'var': 'integers'}, {'>=': [{'var': ''}, 2]}", Integers, "[2, 3]")]
    [InlineData("{'var': 'integers'}, {'%': [{'var': ''}, 2]}", Integers, "[1, 3]")]
    public void Filter_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("filter", arguments), data);

    [Theory]
    [InlineData("{'var': 'integers'}, {'+': [{'var': 'current'}, {'var': 'accumulator'}]}, 0", FourIntegers, "10")]
    [InlineData("{'var': 'integers'}, {'+': [{'var': 'current'}, {'var': 'accumulator'}]}, 0", "null", "0")]
    [InlineData("{'var': 'integers'}, {'*': [{'var': 'current'}, {'var': 'accumulator'}]}, 1", FourIntegers, "24")]
    [InlineData("{'var': 'integers'}, {'*': [{'var': 'current'}, {'var': 'accumulator'}]}, 0", FourIntegers, "0")]
    [InlineData("{'var': 'desserts'}, {'+': [{'var': 'accumulator'}, {'var': 'current.qty'}]}, 0", Desserts, "6")]
    [InlineData("{'var': 'integers'}, {'+': [{'var': 'current'}, {'var': 'accumulator'}]}, {'var': 'start_with'}", "{'integers': [1, 2, 3, 4], 'start_with': 59}", "69")]
    public void Reduce_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("reduce", arguments), data);

    [Theory]
    [InlineData("", "[]")]
    [InlineData("[1]", "[1]")]
    [InlineData("[1], []", "[1]")]
    [InlineData("[1], [2]", "[1, 2]")]
    [InlineData("[1], [2], [3]", "[1, 2, 3]")]
    [InlineData("[1, 2], [3]", "[1, 2, 3]")]
    [InlineData("[1], [2, 3]", "[1, 2, 3]")]
    [InlineData("1, 2", "[1, 2]")]
    [InlineData("1, [2]", "[1, 2]")]
    public void Merge_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("merge", arguments));

    [Theory]
    [InlineData("1", "[1]")]
    public void Merge_OfOneWithoutAList_ComesToTheValue(string argument, string expected) =>
        Logic.Is(expected, Logic.One("merge", argument));

    [Theory]
    [InlineData("{'map': [[1, 2], {'var': 'x'}]}", "{'x': 9}", "[null, null]")]
    [InlineData("{'map': [[[1, 2], [3]], {'reduce': [{'var': ''}, {'+': [{'var': 'current'}, {'var': 'accumulator'}]}, 0]}]}", "null", "[3, 3]")]
    [InlineData("{'filter': ['text', true]}", "null", "[]")]
    [InlineData("{'reduce': [[1], {'var': 'accumulator'}]}", "null", "null")]
    [InlineData("{'reduce': ['text', 1, 'initial']}", "null", "'initial'")]
    [InlineData("{'reduce': [[1, 2], {'var': ''}, 0]}", "null", "{'accumulator': {'accumulator': 0, 'current': 1}, 'current': 2}")]
    [InlineData("{'merge': [1, null, [[2]], 'a']}", "null", "[1, null, [2], 'a']")]
    public void Iteration_OfOddLists_ComesToTheValue(string rule, string data, string expected) => Logic.Is(expected, rule, data);

    [Fact]
    public void Iteration_AfterItsSteps_HasItsDataBack() =>
        Logic.Is("[[1], 5]", "[{'map': [{'var': 'list'}, 1]}, {'var': 'x'}]", "{'list': [7], 'x': 5}");
}
