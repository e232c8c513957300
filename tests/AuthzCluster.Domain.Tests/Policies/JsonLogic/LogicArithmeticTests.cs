namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>The operators that reckon.</summary>
public class LogicArithmeticTests
{
    [Theory]
    [InlineData("1, 2", "3")]
    [InlineData("2, 2, 2", "6")]
    [InlineData("1", "1")]
    [InlineData("'1', 1", "2")]
    public void Add_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("+", arguments));

    [Theory]
    [InlineData("2, 3", "-1")]
    [InlineData("3, 2", "1")]
    [InlineData("3", "-3")]
    [InlineData("'1', 1", "0")]
    public void Subtract_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("-", arguments));

    [Theory]
    [InlineData("3, 2", "6")]
    [InlineData("2, 2, 2", "8")]
    [InlineData("1", "1")]
    [InlineData("'1', 1", "1")]
    public void Multiply_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("*", arguments));

    [Theory]
    [InlineData("4, 2", "2")]
    [InlineData("2, 4", "0.5")]
    [InlineData("'1', 1", "1")]
    public void Divide_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("/", arguments));

    [Theory]
    [InlineData("1, 2", "1")]
    [InlineData("2, 2", "0")]
    [InlineData("3, 2", "1")]
    public void Remainder_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("%", arguments));

    [Theory]
    [InlineData("1, 2, 3", "3")]
    [InlineData("1, 3, 3", "3")]
    [InlineData("3, 2, 1", "3")]
    [InlineData("1", "1")]
    public void Max_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("max", arguments));

    [Theory]
    [InlineData("1, 2, 3", "1")]
    [InlineData("1, 1, 3", "1")]
    [InlineData("3, 2, 1", "1")]
    [InlineData("1", "1")]
    public void Min_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("min", arguments));
}
