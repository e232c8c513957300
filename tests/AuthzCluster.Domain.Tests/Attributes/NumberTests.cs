using System.Numerics;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Tests.Attributes;

/// <summary>A number is what its digits say, however it is written.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("1.23456E-25", "1.23456e-25")]
    [InlineData("1.23456E-25", "0.000000000000000000000000123456")]
    [InlineData("123456789012345678901234567890e-29", "1.2345678901234567890123456789")]
    [InlineData("79228162514264337593543950335", "7922816251426433759354395033.50e1")]
    [InlineData("1e30", "1000000000000000000000000000000")]
    [InlineData("0e-99999999999", "0")]
    public void TryParseNumber_OneNumberWrittenTwice_IsEqual(string one, string other)
    {
        Assert.Equal(Parse(one), Parse(other));
        Assert.Equal(Parse(one).GetHashCode(), Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("1.23456E-25", "1.235E-25", -1)]
    [InlineData("1.2345678901234567E-20", "1.2345678E-20", 1)]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950336", -1)]
    [InlineData("79228162514264337593543950334", "79228162514264337593543950336", -1)]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950336", 1)]
    public void TryParseNumber_OtherNumbers_AreNotEqual(string one, string other, int order)
    {
        Assert.NotEqual(Parse(one), Parse(other));
        Assert.Equal((order, -order), (Math.Sign(Parse(one).CompareTo(Parse(other))!.Value), Math.Sign(Parse(other).CompareTo(Parse(one))!.Value)));
    }

    [Fact]
    public void NumberText_OfWhatWasParsed_ReadsBackAsTheSame()
    {
        var random = new Random(20260701);
        for (var round = 0; round < 50_000; round++)
        {
            var value = Parse(Text(Digits(random, random.Next(1, 34)), random.Next(-330, 250) / random.Next(1, 30), random));
            var back = Parse(value.NumberText);
            Assert.True(value == back && value.NumberText == back.NumberText && value.GetHashCode() == back.GetHashCode(), value.NumberText);
        }
    }

    [Fact]
    public void Equals_OneNumberInManySpellings_IsOneValue()
    {
        var random = new Random(20260702);
        for (var round = 0; round < 20_000; round++)
        {
            var (digits, power) = (Digits(random, random.Next(1, 34)), random.Next(-40, 20));
            var (one, other) = (Parse(Text(digits, power, random)), Parse(Text(digits, power, random)));
            Assert.True(one == other && one.GetHashCode() == other.GetHashCode() && one.CompareTo(other) == 0, $"{digits}e{power}: {one.NumberText} {other.NumberText}");
        }
    }

    [Fact]
    public void CompareTo_NumbersOfUpTo28Digits_IsExact()
    {
        var random = new Random(20260703);
        for (var round = 0; round < 20_000; round++)
        {
            var (a, b, power) = (BigInteger.Parse(Digits(random, random.Next(1, 29))), BigInteger.Parse(Digits(random, random.Next(1, 29))), random.Next(-28, 1));
            b = random.Next(3) == 0 ? BigInteger.Abs(a + random.Next(-1, 2)) : b;
            var order = Parse(Text($"{a}", power, random)).CompareTo(Parse(Text($"{b}", power, random)));
            Assert.True(Math.Sign(a.CompareTo(b)) == Math.Sign(order!.Value), $"{a} {b} e{power}");
        }
    }

    [Fact]
    public void Of_ADouble_EqualsItsShortestText()
    {
        var random = new Random(20260704);
        for (var round = 0; round < 20_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            value = !double.IsFinite(value) || random.Next(2) == 0 ? (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 31)) : value;
            Assert.Equal(Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), AttributeValue.Of(value));
        }
    }

    private static AttributeValue Parse(string text)
    {
        Assert.True(AttributeValue.TryParseNumber(text, out var value), text);
        return value;
    }

    private static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + (random.Next(5) == 0 ? 0 : random.Next(10)))));

    // The digits times a power of ten, in one of the ways that JSON allows.
    private static string Text(string digits, int power, Random random)
    {
        digits = digits.TrimStart('0') is { Length: > 0 } some ? some : "0";
        var zeros = random.Next(4);
        (digits, power) = (digits + new string('0', zeros), power - zeros);
        if (power <= 0 && -power < 60 && random.Next(2) == 0)
        {
            var padded = digits.PadLeft(1 - power, '0');
            return power == 0 ? padded : $"{padded[..^-power]}.{padded[^-power..]}";
        }
        var cut = random.Next(1, digits.Length + 1);
        var fraction = digits.Length - cut;
        return $"{digits[..cut]}{(fraction > 0 ? "." : "")}{digits[cut..]}{(random.Next(2) == 0 ? "e" : "E")}{power + fraction}";
    }
}
