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
}
