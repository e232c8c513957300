namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>The operators of order, and what is between two.</summary>
public class LogicOrderTests
{
    [Theory]
    [InlineData("2, 1", "true")]
    [InlineData("1, 1", "false")]
    [InlineData("1, 2", "false")]
    [InlineData("'2', 1", "true")]
    public void Greater_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call(">", arguments));

    [Theory]
    [InlineData("2, 1", "true")]
    [InlineData("1, 1", "true")]
    [InlineData("1, 2", "false")]
    [InlineData("'2', 1", "true")]
    public void GreaterOrEqual_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call(">=", arguments));

    [Theory]
    [InlineData("2, 1", "false")]
    [InlineData("1, 1", "false")]
    [InlineData("1, 2", "true")]
    [InlineData("'1', 2", "true")]
    [InlineData("1, 2, 3", "true")]
    [InlineData("1, 1, 3", "false")]
    [InlineData("1, 4, 3", "false")]
    public void Less_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("<", arguments));

    [Theory]
    [InlineData("2, 1", "false")]
    [InlineData("1, 1", "true")]
    [InlineData("1, 2", "true")]
    [InlineData("'1', 2", "true")]
    [InlineData("1, 2, 3", "true")]
    [InlineData("1, 4, 3", "false")]
    public void LessOrEqual_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("<=", arguments));

    [Theory]
    [InlineData(">", "'b', 'a'", "true")]
    [InlineData("<", "'10', '9'", "true")]
    [InlineData("<", "'10', 9", "false")]
    [InlineData("<", "'B', 'a'", "true")]
    [InlineData("<", "null, 1", "true")]
    [InlineData(">=", "null, 0", "true")]
    [InlineData("<", "false, true", "true")]
    [InlineData("<", "'', 1", "true")]
    [InlineData("<", "'abc', 1", "false")]
    [InlineData(">=", "'abc', 1", "false")]
    [InlineData("<", "1e30, 2e30", "true")]
    [InlineData(">", "1e30, 79228162514264337593543950335", "true")]
    [InlineData("<", "1, 2, null", "false")]
    [InlineData("<", "'a', 'b', 'c'", "true")]
    [InlineData("<=", "1, 1, 1", "true")]
    [InlineData("<=", "2, 1, 3", "false")]
    public void Order_OfTypes_IsOfTextsOrOfNumbers(string name, string arguments, string expected) => Logic.Is(expected, Logic.Call(name, arguments));

    [Theory]
    [InlineData("[1], 0")]
    [InlineData("0, [1]")]
    [InlineData("[1], [2]")]
    [InlineData("{'var': ''}, 1")]
    public void Order_OfAListOrAnObject_CannotBeEvaluated(string arguments)
    {
        foreach (var name in new[] { "<", "<=", ">", ">=" })
        {
            Logic.Fails(Logic.Call(name, arguments), "{}");
        }
    }
}
