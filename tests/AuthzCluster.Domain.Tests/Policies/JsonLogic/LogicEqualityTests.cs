namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>The four operators of equality.</summary>
public class LogicEqualityTests
{
    [Theory]
    [InlineData("1, 1", "true")]
    [InlineData("1, '1'", "true")]
    [InlineData("1, 2", "false")]
    public void Equal_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("==", arguments));

    [Theory]
    [InlineData("1, 1", "true")]
    [InlineData("1, '1'", "false")]
    [InlineData("1, 2", "false")]
    [InlineData("0, '0'", "false")]
    [InlineData("0, {'+': '0'}", "true")]
    public void StrictlyEqual_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("===", arguments));

    [Theory]
    [InlineData("1, 2", "true")]
    [InlineData("1, 1", "false")]
    [InlineData("1, '1'", "false")]
    public void NotEqual_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("!=", arguments));

    [Theory]
    [InlineData("1, 2", "true")]
    [InlineData("1, 1", "false")]
    [InlineData("1, '1'", "true")]
    public void StrictlyNotEqual_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("!==", arguments));
}
