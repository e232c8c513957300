namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>What is no operator is itself; <c>log</c> is its argument.</summary>
public class LogicLiteralTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("17", "17")]
    [InlineData("3.14", "3.14")]
    [InlineData("'apple'", "'apple'")]
    [InlineData("null", "null")]
    [InlineData("['a', 'b']", "['a', 'b']")]
    public void Literal_OfValues_ComesToTheValue(string rule, string expected) =>
        Logic.Is(expected, rule);

    [Theory]
    [InlineData("[1, {'var': 'x'}, 3]", "{'x': 2}", "[1, 2, 3]")]
    public void Literal_OfData_ComesToTheValue(string rule, string data, string expected) =>
        Logic.Is(expected, rule, data);

    [Theory]
    [InlineData("'apple'", "'apple'")]
    [InlineData("[1, [2]]", "[1, [2]]")]
    [InlineData("{'var': 'x'}", "null")]
    public void Log_OfAnything_IsItsArgument(string argument, string expected) => Logic.Is(expected, Logic.Call("log", argument), "null");
}
