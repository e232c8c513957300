namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>What is truthy, and the operators that go by it.</summary>
public class LogicTruthTests
{
    [Theory]
    [InlineData("false", "true")]
    [InlineData("true", "false")]
    [InlineData("[]", "true")]
    [InlineData("0", "true")]
    [InlineData("''", "true")]
    [InlineData("'0'", "false")]
    public void Not_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("!", arguments));

    [Theory]
    [InlineData("false", "true")]
    [InlineData("true", "false")]
    [InlineData("0", "true")]
    [InlineData("1", "false")]
    public void Not_OfOneWithoutAList_ComesToTheValue(string argument, string expected) =>
        Logic.Is(expected, Logic.One("!", argument));

    [Theory]
    [InlineData("[]", "false")]
    [InlineData("0", "false")]
    [InlineData("''", "false")]
    [InlineData("'0'", "true")]
    public void Truth_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("!!", arguments));

    [Theory]
    [InlineData("true, true", "true")]
    [InlineData("false, true", "false")]
    [InlineData("true, false", "false")]
    [InlineData("false, false", "false")]
    [InlineData("true, true, true", "true")]
    [InlineData("true, true, false", "false")]
    [InlineData("false", "false")]
    [InlineData("true", "true")]
    [InlineData("1, 3", "3")]
    [InlineData("3, false", "false")]
    [InlineData("false, 3", "false")]
    [InlineData("[], true", "[]")]
    [InlineData("0, true", "0")]
    [InlineData("'', true", "''")]
    [InlineData("'0', true", "true")]
    [InlineData("{'>': [3, 1]}, true", "true")]
    [InlineData("{'>': [3, 1]}, false", "false")]
    [InlineData("{'>': [3, 1]}, {'!': true}", "false")]
    [InlineData("{'>': [3, 1]}, {'<': [1, 3]}", "true")]
    public void And_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("and", arguments));

    [Theory]
    [InlineData("{'<': [{'var': 'temp'}, 110]}, {'==': [{'var': 'pie.filling'}, 'apple']}", "{'temp': 100, 'pie': {'filling': 'apple'}}", "true")]
    public void And_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("and", arguments), data);

    [Theory]
    [InlineData("true, true", "true")]
    [InlineData("false, true", "true")]
    [InlineData("true, false", "true")]
    [InlineData("false, false", "false")]
    [InlineData("false, false, true", "true")]
    [InlineData("false, false, false", "false")]
    [InlineData("false", "false")]
    [InlineData("true", "true")]
    [InlineData("1, 3", "1")]
    [InlineData("3, false", "3")]
    [InlineData("false, 3", "3")]
    [InlineData("[], true", "true")]
    [InlineData("0, true", "true")]
    [InlineData("'', true", "true")]
    [InlineData("'0', true", "'0'")]
    public void Or_OfValues_ComesToTheValue(string arguments, string expected) =>
        Logic.Is(expected, Logic.Call("or", arguments));

    [Theory]
    [InlineData("null", "false")]
    [InlineData("0.0", "false")]
    [InlineData("' '", "true")]
    [InlineData("'false'", "true")]
    [InlineData("-1", "true")]
    [InlineData("1e-40", "true")]
    [InlineData("[0]", "true")]
    [InlineData("[[]]", "true")]
    public void Truth_OfAnything_IsAsJsonLogicSays(string argument, string expected) => Logic.Is(expected, Logic.Call("!!", argument));

    [Fact]
    public void Truth_OfAnEmptyObject_IsTrue() => Logic.Is("true", "{'!!': {'var': ''}}", "{}");

    [Theory]
    [InlineData("and", "false")]
    [InlineData("or", "1")]
    public void AndOr_OnceDecided_EvaluateNoMore(string name, string first) => Logic.Is(first, Logic.Call(name, first + ", {'/': [1, 0]}"));

    [Theory]
    [InlineData("and")]
    [InlineData("or")]
    public void AndOr_OverAnError_CannotBeEvaluated(string name)
    {
        Logic.Fails(Logic.Call(name, "{'/': [1, 0]}, true"));
        Logic.Fails(Logic.Call(name, "{'/': [1, 0]}, false"));
    }
}
