namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary><c>var</c>: what a path finds.</summary>
public class LogicVariableTests
{
    [Theory]
    [InlineData("'a'", "{'a': 1}", "1")]
    [InlineData("'b'", "{'a': 1}", "null")]
    [InlineData("'a'", "null", "null")]
    [InlineData("'a', 1", "null", "1")]
    [InlineData("'b', 2", "{'a': 1}", "2")]
    [InlineData("'a.q', 9", "{'a': {'b': 'c'}}", "9")]
    [InlineData("{'?:': [{'<': [{'var': 'temp'}, 110]}, 'pie.filling', 'pie.eta']}", "{'temp': 100, 'pie': {'filling': 'apple', 'eta': '60s'}}", "'apple'")]
    [InlineData("", "1", "1")]
    public void Var_OfData_ComesToTheValue(string arguments, string data, string expected) =>
        Logic.Is(expected, Logic.Call("var", arguments), data);

    [Theory]
    [InlineData("'a'", "{'a': 1}", "1")]
    [InlineData("'b'", "{'a': 1}", "null")]
    [InlineData("'a'", "null", "null")]
    [InlineData("'a.b'", "{'a': {'b': 'c'}}", "'c'")]
    [InlineData("'a.q'", "{'a': {'b': 'c'}}", "null")]
    [InlineData("1", "['apple', 'banana']", "'banana'")]
    [InlineData("'1'", "['apple', 'banana']", "'banana'")]
    [InlineData("'1.1'", "['apple', ['banana', 'beer']]", "'beer'")]
    [InlineData("'a.b.c'", "null", "null")]
    [InlineData("'a.b.c'", "{'a': null}", "null")]
    [InlineData("'a.b.c'", "{'a': {'b': null}}", "null")]
    [InlineData("''", "1", "1")]
    [InlineData("null", "1", "1")]
    public void Var_OfOneWithoutAListInData_ComesToTheValue(string argument, string data, string expected) =>
        Logic.Is(expected, Logic.One("var", argument), data);

    [Theory]
    [InlineData("'a', 1", "{'a': null}", "null")]
    [InlineData("'a.b', 1", "{'a': null}", "1")]
    [InlineData("'a.length'", "{'a': 'text'}", "null")]
    [InlineData("'a.01'", "{'a': [1, 2]}", "null")]
    [InlineData("'a.2', 'none'", "{'a': [1, 2]}", "'none'")]
    [InlineData("'a.-1'", "{'a': [1, 2]}", "null")]
    [InlineData("'a..b'", "{'a': {'': {'b': 1}}}", "1")]
    [InlineData("1.0", "['x', 'y']", "'y'")]
    [InlineData("true", "{'true': 1}", "1")]
    [InlineData("'a', {'var': 'b'}", "{'b': 2}", "2")]
    [InlineData("{'cat': ['a', '.b']}, 7", "{'a': {'b': 3}}", "3")]
    [InlineData("{'cat': ['a', '.c']}, 7", "{'a': {'b': 3}}", "7")]
    [InlineData("{'var': 'none'}", "'all'", "'all'")]
    public void Var_OfOddPaths_ComesToTheValue(string arguments, string data, string expected) => Logic.Is(expected, Logic.Call("var", arguments), data);

    [Fact]
    public void Var_OfAListAsItsName_CannotBeEvaluated() => Logic.Fails("{'var': [{'merge': ['a']}]}");
}
