namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary><c>if</c>, and <c>?:</c> which is the same.</summary>
public class LogicChoiceTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("'apple'", "'apple'")]
    [InlineData("true, 'apple'", "'apple'")]
    [InlineData("false, 'apple'", "null")]
    [InlineData("true, 'apple', 'banana'", "'apple'")]
    [InlineData("false, 'apple', 'banana'", "'banana'")]
    [InlineData("[], 'apple', 'banana'", "'banana'")]
    [InlineData("[1], 'apple', 'banana'", "'apple'")]
    [InlineData("[1, 2, 3, 4], 'apple', 'banana'", "'apple'")]
    [InlineData("'', 'apple', 'banana'", "'banana'")]
    [InlineData("'zucchini', 'apple', 'banana'", "'apple'")]
    [InlineData("'0', 'apple', 'banana'", "'apple'")]
    [InlineData("{'+': '0'}, 'apple', 'banana'", "'banana'")]
    [InlineData("{'+': '1'}, 'apple', 'banana'", "'apple'")]
    [InlineData("0, 'apple', 'banana'", "'banana'")]
    [InlineData("1, 'apple', 'banana'", "'apple'")]
    [InlineData("3.1416, 'apple', 'banana'", "'apple'")]
    [InlineData("-1, 'apple', 'banana'", "'apple'")]
    [InlineData("{'>': [2, 1]}, 'apple', 'banana'", "'apple'")]
    [InlineData("{'>': [1, 2]}, 'apple', 'banana'", "'banana'")]
    [InlineData("true, {'cat': ['ap', 'ple']}, {'cat': ['ba', 'na', 'na']}", "'apple'")]
    [InlineData("false, {'cat': ['ap', 'ple']}, {'cat': ['ba', 'na', 'na']}", "'banana'")]
    [InlineData("true, 'apple', true, 'banana'", "'apple'")]
    [InlineData("true, 'apple', false, 'banana'", "'apple'")]
    [InlineData("false, 'apple', true, 'banana'", "'banana'")]
    [InlineData("false, 'apple', false, 'banana'", "null")]
    [InlineData("true, 'apple', true, 'banana', 'carrot'", "'apple'")]
    [InlineData("true, 'apple', false, 'banana', 'carrot'", "'apple'")]
    [InlineData("false, 'apple', true, 'banana', 'carrot'", "'banana'")]
    [InlineData("false, 'apple', false, 'banana', 'carrot'", "'carrot'")]
    [InlineData("false, 'apple', false, 'banana', false, 'carrot'", "null")]
    [InlineData("false, 'apple', false, 'banana', false, 'carrot', 'date'", "'date'")]
    [InlineData("false, 'apple', false, 'banana', true, 'carrot', 'date'", "'carrot'")]
    [InlineData("false, 'apple', true, 'banana', false, 'carrot', 'date'", "'banana'")]
    [InlineData("false, 'apple', true, 'banana', true, 'carrot', 'date'", "'banana'")]
    [InlineData("true, 'apple', false, 'banana', false, 'carrot', 'date'", "'apple'")]
    [InlineData("true, 'apple', false, 'banana', true, 'carrot', 'date'", "'apple'")]
    [InlineData("true, 'apple', true, 'banana', false, 'carrot', 'date'", "'apple'")]
    [InlineData("true, 'apple', true, 'banana', true, 'carrot', 'date'", "'apple'")]
    public void If_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("if", arguments));

    [Theory]
    [InlineData("{'var': 'x'}, [{'var': 'y'}], 99", "{'x': true, 'y': 42}", "[42]")]
    [InlineData("{'missing': 'a'}, 'missed it', 'found it'", "{'a': 'apple'}", "'found it'")]
    [InlineData("{'missing': 'a'}, 'missed it', 'found it'", "{'b': 'banana'}", "'missed it'")]
    public void If_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("if", arguments), data);

    [Theory]
    [InlineData("true, 1, 2", "1")]
    [InlineData("false, 1, 2", "2")]
    [InlineData("{'>': [3, 1]}, 'visible', 'hidden'", "'visible'")]
    public void Ternary_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("?:", arguments));

    [Theory]
    [InlineData("true, 1, {'/': [1, 0]}", "1")]
    [InlineData("false, {'/': [1, 0]}, 2", "2")]
    public void If_OfWhatIsNotChosen_EvaluatesNothing(string arguments, string expected) => Logic.Is(expected, Logic.Call("if", arguments));

    [Fact]
    public void If_OverAnError_CannotBeEvaluated() => Logic.Fails("{'if': [{'/': [1, 0]}, 1, 2]}");
}
