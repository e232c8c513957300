namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary><c>missing</c> and <c>missing_some</c>.</summary>
public class LogicMissingTests
{
    [Theory]
    [InlineData("", "null", "[]")]
    [InlineData("'a'", "null", "['a']")]
    [InlineData("'a'", "{'a': 'apple'}", "[]")]
    [InlineData("'a', 'b'", "{'a': 'apple'}", "['b']")]
    [InlineData("'a', 'b'", "{'b': 'banana'}", "['a']")]
    [InlineData("'a', 'b'", "{'a': 'apple', 'b': 'banana'}", "[]")]
    [InlineData("'a', 'b'", "{}", "['a', 'b']")]
    [InlineData("'a', 'b'", "null", "['a', 'b']")]
    [InlineData("'a.b'", "null", "['a.b']")]
    [InlineData("'a.b'", "{'a': 'apple'}", "['a.b']")]
    [InlineData("'a.b'", "{'a': {'c': 'apple cake'}}", "['a.b']")]
    [InlineData("'a.b'", "{'a': {'b': 'apple brownie'}}", "[]")]
    [InlineData("'a.b', 'a.c'", "{'a': {'b': 'apple brownie'}}", "['a.c']")]
    public void Missing_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("missing", arguments), data);

    [Theory]
    [InlineData("'a'", "null", "['a']")]
    [InlineData("'a'", "{'a': 'apple'}", "[]")]
    [InlineData("{'merge': ['vin', {'if': [{'var': 'financing'}, ['apr'], []]}]}", "{'financing': true}", "['vin', 'apr']")]
    [InlineData("{'merge': ['vin', {'if': [{'var': 'financing'}, ['apr'], []]}]}", "{'financing': false}", "['vin']")]
    public void Missing_OfOneWithoutAListInData_ComesToTheValue(string argument, string data, string expected) =>
        Logic.Is(expected, Logic.One("missing", argument), data);

    [Theory]
    [InlineData("1, ['a', 'b']", "{'a': 'apple'}", "[]")]
    [InlineData("1, ['a', 'b']", "{'b': 'banana'}", "[]")]
    [InlineData("1, ['a', 'b']", "{'a': 'apple', 'b': 'banana'}", "[]")]
    [InlineData("1, ['a', 'b']", "{'c': 'carrot'}", "['a', 'b']")]
    [InlineData("2, ['a', 'b', 'c']", "{'a': 'apple', 'b': 'banana'}", "[]")]
    [InlineData("2, ['a', 'b', 'c']", "{'a': 'apple', 'c': 'carrot'}", "[]")]
    [InlineData("2, ['a', 'b', 'c']", "{'a': 'apple', 'b': 'banana', 'c': 'carrot'}", "[]")]
    [InlineData("2, ['a', 'b', 'c']", "{'a': 'apple', 'd': 'durian'}", "['b', 'c']")]
    [InlineData("2, ['a', 'b', 'c']", "{'d': 'durian', 'e': 'eggplant'}", "['a', 'b', 'c']")]
    public void MissingSome_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("missing_some", arguments), data);

    [Theory]
    [InlineData("{'missing': ['a', 'b']}", "{'a': '', 'b': 0}", "['a']")]
    [InlineData("{'missing': ['a', 'b']}", "{'a': null, 'b': false}", "['a']")]
    [InlineData("{'missing': [['a', 'b'], 'c']}", "{'a': 1}", "['b']")]
    [InlineData("{'missing': [0, 2]}", "[1, 2]", "[2]")]
    [InlineData("{'missing': [{'cat': ['a', 'b']}]}", "{}", "['ab']")]
    [InlineData("{'missing_some': ['1', ['a', 'b']]}", "{'a': 1}", "[]")]
    [InlineData("{'missing_some': [3, ['a', 'b']]}", "{'a': 1, 'b': 2}", "[]")]
    [InlineData("{'missing_some': [0, ['a']]}", "{}", "[]")]
    public void Missing_OfOddNames_ComesToTheList(string rule, string data, string expected) => Logic.Is(expected, rule, data);

    [Fact]
    public void MissingSome_OfNoList_CannotBeEvaluated() => Logic.Fails("{'missing_some': [1, 'a']}");
}
