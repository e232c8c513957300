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

    [Theory]
    [InlineData("+", "0.1, 0.2", "0.3")]
    [InlineData("+", "", "0")]
    [InlineData("-", "null", "0")]
    [InlineData("-", "true, ''", "1")]
    [InlineData("*", "'2', ' 3 '", "6")]
    [InlineData("*", "'a'", "'a'")]
    [InlineData("/", "1, 8", "0.125")]
    [InlineData("%", "-7, 3", "-1")]
    [InlineData("%", "5.5, 2", "1.5")]
    [InlineData("max", "'10', 9", "10")]
    [InlineData("min", "null, 1", "0")]
    [InlineData("max", "1e30, 1", "1e30")]
    public void Reckoning_IsExactAndTakesTextAsNumbers(string name, string arguments, string expected) => Logic.Is(expected, Logic.Call(name, arguments));

    [Theory]
    [InlineData("/", "1, 0")]
    [InlineData("/", "0, 0")]
    [InlineData("%", "1, 0")]
    [InlineData("/", "1, null")]
    [InlineData("+", "'12px', 1")]
    [InlineData("+", "'', 1")]
    [InlineData("+", "true, 1")]
    [InlineData("*", "null, 1")]
    [InlineData("-", "'x'")]
    [InlineData("-", "[1], 1")]
    [InlineData("max", "1, 'x'")]
    [InlineData("min", "[1, 2], 3")]
    [InlineData("+", "79228162514264337593543950335, 1")]
    [InlineData("*", "79228162514264337593543950335, 2")]
    [InlineData("/", "79228162514264337593543950335, 0.1")]
    [InlineData("-", "-79228162514264337593543950335, 1")]
    [InlineData("+", "1e30, 1")]
    public void Reckoning_OfNoNumberOrByZeroOrTooFar_CannotBeEvaluated(string name, string arguments) =>
        Logic.Fails(Logic.Call(name, arguments));
}
