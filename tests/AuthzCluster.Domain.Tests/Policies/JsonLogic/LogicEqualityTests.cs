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

    [Theory]
    [InlineData("true, 1", "true")]
    [InlineData("true, '1'", "true")]
    [InlineData("true, 'true'", "false")]
    [InlineData("false, 0", "true")]
    [InlineData("false, ''", "true")]
    [InlineData("0, ''", "true")]
    [InlineData("0, ' '", "true")]
    [InlineData("1, ' 1.0 '", "true")]
    [InlineData("1, 'one'", "false")]
    [InlineData("1, 1.0", "true")]
    [InlineData("null, null", "true")]
    [InlineData("null, 0", "false")]
    [InlineData("null, ''", "false")]
    [InlineData("null, false", "false")]
    [InlineData("null, [[]]", "false")]
    [InlineData("'1', '1.0'", "false")]
    [InlineData("'a', 'A'", "false")]
    [InlineData("1e30, '1e30'", "true")]
    [InlineData("9007199254740993, 9007199254740992", "false")]
    public void Equal_OfTwoTypes_ComparesNumbers(string arguments, string expected)
    {
        Logic.Is(expected, Logic.Call("==", arguments));
        Logic.Is(expected == "true" ? "false" : "true", Logic.Call("!=", arguments));
    }

    [Theory]
    [InlineData("1, true", "false")]
    [InlineData("1, 1.0", "true")]
    [InlineData("null, null", "true")]
    [InlineData("null, false", "false")]
    [InlineData("[1, 'a'], [1.0, 'a']", "true")]
    [InlineData("[1], ['1']", "false")]
    [InlineData("[1], [1, 1]", "false")]
    [InlineData("[1], 1", "false")]
    [InlineData("[], null", "false")]
    public void StrictlyEqual_OfTypesAndLists_ComparesByTypeAndValue(string arguments, string expected)
    {
        Logic.Is(expected, Logic.Call("===", arguments));
        Logic.Is(expected == "true" ? "false" : "true", Logic.Call("!==", arguments));
    }

    [Theory]
    [InlineData("{'a': {'x': [1]}, 'b': {'x': [1.0]}}", "true")]
    [InlineData("{'a': {'x': [1]}, 'b': {'x': [2]}}", "false")]
    [InlineData("{'a': {'x': 1}, 'b': {'y': 1}}", "false")]
    [InlineData("{'a': {'x': 1}, 'b': [1]}", "false")]
    public void Equal_OfObjects_ComparesByValue(string data, string expected) =>
        Logic.Is(expected, Logic.Call("==", "{'var': 'a'}, {'var': 'b'}"), data);

    [Theory]
    [InlineData("[1], 1")]
    [InlineData("'', []")]
    [InlineData("[], false")]
    public void Equal_OfAListAndNoList_CannotBeEvaluated(string arguments)
    {
        Logic.Fails(Logic.Call("==", arguments));
        Logic.Fails(Logic.Call("!=", arguments));
    }

    [Fact]
    public void Equal_OfAnObjectAndText_CannotBeEvaluated() => Logic.Fails(Logic.Call("==", "{'var': ''}, 'x'"), "{}");
}
