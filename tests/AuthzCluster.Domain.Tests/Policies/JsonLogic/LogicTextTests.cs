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
}
