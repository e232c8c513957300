namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>The operators over text, and <c>in</c>.</summary>
public class LogicTextTests
{
    [Theory]
    [InlineData("'Bart', ['Bart', 'Homer', 'Lisa', 'Marge', 'Maggie']", "true")]
    [InlineData("'Milhouse', ['Bart', 'Homer', 'Lisa', 'Marge', 'Maggie']", "false")]
    [InlineData("'Spring', 'Springfield'", "true")]
    [InlineData("'i', 'team'", "false")]
    public void In_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("in", arguments));

    [Theory]
    [InlineData("{'var': 'filling'}, ['apple', 'cherry']", "{'filling': 'apple'}", "true")]
    public void In_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("in", arguments), data);

    [Theory]
    [InlineData("'ice'", "'ice'")]
    [InlineData("'ice', 'cream'", "'icecream'")]
    [InlineData("1, 2", "'12'")]
    [InlineData("'Robocop', 2", "'Robocop2'")]
    [InlineData("'we all scream for ', 'ice', 'cream'", "'we all scream for icecream'")]
    public void Cat_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("cat", arguments));

    [Theory]
    [InlineData("'ice'", "'ice'")]
    public void Cat_OfOneWithoutAList_ComesToTheValue(string argument, string expected) =>
        Logic.Is(expected, Logic.One("cat", argument));

    [Theory]
    [InlineData("'jsonlogic', 4", "'logic'")]
    [InlineData("'jsonlogic', -5", "'logic'")]
    [InlineData("'jsonlogic', 0, 1", "'j'")]
    [InlineData("'jsonlogic', -1, 1", "'c'")]
    [InlineData("'jsonlogic', 4, 5", "'logic'")]
    [InlineData("'jsonlogic', -5, 5", "'logic'")]
    [InlineData("'jsonlogic', -5, -2", "'log'")]
    [InlineData("'jsonlogic', 1, -5", "'son'")]
    public void Substr_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("substr", arguments));

    [Theory]
    [InlineData("in", "1, [1.0]", "true")]
    [InlineData("in", "'1', [1]", "false")]
    [InlineData("in", "[1], [[1], 2]", "true")]
    [InlineData("in", "2, 'a2'", "true")]
    [InlineData("in", "null, 'annulled'", "true")]
    [InlineData("in", "null, ''", "false")]
    [InlineData("in", "'', 'a'", "true")]
    [InlineData("in", "'a', null", "false")]
    [InlineData("in", "1, 1", "false")]
    [InlineData("cat", "", "''")]
    [InlineData("cat", "'a', null, true, 1.50, 0.0", "'atrue1.50'")]
    [InlineData("cat", "1e30", "'1e+30'")]
    [InlineData("cat", "{'*': [0.5, 2]}", "'1'")]
    [InlineData("substr", "'abc', 0", "'abc'")]
    [InlineData("substr", "'abc', 3", "''")]
    [InlineData("substr", "'abc', 9", "''")]
    [InlineData("substr", "'abc', -9, 2", "'ab'")]
    [InlineData("substr", "'abc', 1, -9", "''")]
    [InlineData("substr", "'abc', 1e28, 1e28", "''")]
    [InlineData("substr", "'abc', '1', 1.9", "'b'")]
    [InlineData("substr", "12345, 1, 2", "'23'")]
    [InlineData("substr", "null, 0, 1", "'n'")]
    public void Text_OfOtherTypes_IsAsJavaScriptSays(string name, string arguments, string expected) => Logic.Is(expected, Logic.Call(name, arguments));

    [Theory]
    [InlineData("in", "[1], 'a'")]
    [InlineData("cat", "'a', [1]")]
    [InlineData("cat", "{'var': ''}")]
    [InlineData("substr", "[1], 0")]
    [InlineData("substr", "'a', 'x'")]
    public void Text_OfAListOrAnObject_CannotBeEvaluated(string name, string arguments) => Logic.Fails(Logic.Call(name, arguments), "{}");
}
