using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Tests.Attributes;

public class AttributeValueTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("0.1", "0.10000000000000000001", false)]
    [InlineData("1e300", "1e300", true)]
    [InlineData("1e300", "1e301", false)]
    [InlineData("1e-300", "0", false)]
    [InlineData("0", "-0", true)]
    public void Equals_Numbers_CompareByValue(string left, string right, bool equal)
    {
        Assert.True(AttributeValue.TryParseNumber(left, out var a));
        Assert.True(AttributeValue.TryParseNumber(right, out var b));
        Assert.Equal(equal, a == b);
        if (equal)
        {
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
        }
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("x")]
    [InlineData("")]
    public void TryParseNumber_OfWhatIsNone_IsFalse(string text) => Assert.False(AttributeValue.TryParseNumber(text, out _));

    [Fact]
    public void Equals_ValuesOfDifferentTypes_NeverAre()
    {
        AttributeValue[] values = [AttributeValue.Null, AttributeValue.Of(true), AttributeValue.Of("true"), AttributeValue.Of(1m), AttributeValue.Of("1"),
            AttributeValue.Of([]), AttributeValue.Of(AttributeBag.Empty)];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
            {
                Assert.Equal(i == j, values[i] == values[j]);
            }
        }
    }

    [Fact]
    public void CompareTo_ValuesWithoutAnOrder_IsNull()
    {
        Assert.Null(AttributeValue.Of(1m).CompareTo(AttributeValue.Of("1")));
        Assert.Null(AttributeValue.Of(true).CompareTo(AttributeValue.Of(false)));
        Assert.Null(AttributeValue.Null.CompareTo(AttributeValue.Null));
        Assert.True(AttributeValue.Of("B").CompareTo(AttributeValue.Of("a")) < 0);
        Assert.True(AttributeValue.Of(2m).CompareTo(AttributeValue.Of(1.5m)) > 0);
    }

    [Fact]
    public void Bag_OfAnySize_FindsEachNameAndNoOther()
    {
        foreach (var size in new[] { 0, 1, 8, 9, 100 })
        {
            var bag = AttributeBag.Of(Enumerable.Range(0, size).Select(i => KeyValuePair.Create($"k{i}", AttributeValue.Of((decimal)i))));
            Assert.All(Enumerable.Range(0, size), i => Assert.True(bag.TryGet($"k{i}", out var value) && value == AttributeValue.Of((decimal)i)));
            Assert.False(bag.TryGet("K0", out _));
            Assert.False(bag.TryGet("k", out _));
        }
    }

    [Fact]
    public void Bag_OfNamesInAnyOrderAndTwice_IsInOrdinalOrderAndTheLastWins()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var entries = Enumerable.Range(0, random.Next(14)).Select(i => (Name: $"{"aAbBzé"[random.Next(6)]}{random.Next(3)}", Value: AttributeValue.Of((decimal)i))).ToArray();
            var expected = entries.GroupBy(entry => entry.Name).Select(group => (group.Key, group.Last().Value)).OrderBy(entry => entry.Key, StringComparer.Ordinal);
            Assert.Equal(expected, AttributeBag.Of(entries).Select(entry => (entry.Key, entry.Value)));
            Assert.Equal(AttributeBag.Of(entries), AttributeBag.Of(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))));
        }
    }

    [Fact]
    public void Bag_MadeOfACallersArray_DoesNotChangeWithIt()
    {
        var entries = new[] { KeyValuePair.Create("a", AttributeValue.Of(1m)) };
        var bag = AttributeBag.Of(entries);
        entries[0] = KeyValuePair.Create("b", AttributeValue.Of(2m));
        Assert.True(bag.TryGet("a", out _));
    }

    [Fact]
    public void With_AnotherBag_OverridesNameByName()
    {
        var stored = AttributeBag.Of(("a", AttributeValue.Of("1")), ("b", AttributeValue.Of("1")));
        var merged = stored.With(AttributeBag.Of(("b", AttributeValue.Of("2")), ("c", AttributeValue.Of("2"))));
        Assert.Equal(AttributeBag.Of(("a", AttributeValue.Of("1")), ("b", AttributeValue.Of("2")), ("c", AttributeValue.Of("2"))), merged);
    }
}
