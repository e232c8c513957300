using AuthzCluster.Domain.Attributes;
using FsCheck;
using FsCheck.Fluent;

namespace AuthzCluster.Domain.Tests.Attributes;

public class AttributeBagTests
{
    private static readonly Gen<AttributeBag> Bags =
        from names in Gen.Elements("a", "A", "b", "ab", "é", "z", "0", "aa", "B", "ba", "c", "d").ListOf()
        from value in Gen.Choose(0, 3)
        select AttributeBag.Of(names.Select(name => KeyValuePair.Create(name, AttributeValue.Of((decimal)value))));

    [Fact]
    public void With_AnyTwo_IsTheSecondOverTheFirstNameByName() => Prop.ForAll(Bags.Two().ToArbitrary(), two =>
    {
        var (under, over) = two;
        var names = under.Concat(over).Select(pair => pair.Key).Distinct().Order(StringComparer.Ordinal).ToList();
        var merged = under.With(over);
        return merged.Select(pair => pair.Key).SequenceEqual(names)
            && names.TrueForAll(name => merged.TryGet(name, out var value) && value == (over.TryGet(name, out var said) ? said : under.TryGet(name, out said) ? said : default));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_LargeOnes_IsTheSameAndHoweverOftenCopiesNothing()
    {
        static AttributeBag Numbers(int from, int count, decimal add) =>
            AttributeBag.Of(Enumerable.Range(from, count).Select(i => KeyValuePair.Create($"n{i:000000}", AttributeValue.Of(i + add))));
        var (all, asked) = (Numbers(0, 120, 1), Numbers(100, 60_000, 0));
        var (joined, small) = (all.With(asked), AttributeBag.Of(("n000050", AttributeValue.Of(7m)), ("z", AttributeValue.Of("z"))));
        Assert.True(joined.TryGet("n000110", out var both) && both == AttributeValue.Of(110m));
        Assert.True(joined.TryGet("n000010", out var below) && below == AttributeValue.Of(11m));
        Assert.False(joined.TryGet("x", out _));
        // However deep, and the same as the small ones joined one by one.
        var (deep, flat) = (joined, joined.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
        for (var i = 0; i < 40; i++)
        {
            deep = deep.With(AttributeBag.Of(($"d{i}", AttributeValue.Of((decimal)i))));
            flat[$"d{i}"] = AttributeValue.Of((decimal)i);
        }
        Assert.Equal(flat.OrderBy(pair => pair.Key, StringComparer.Ordinal), deep);
        Assert.Equal(60_100, joined.Count);
        Assert.Equal(AttributeBag.Of(joined), joined);

        // What a search asks of 1,000 stored resources, each of which has something stored.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(small.With(asked).TryGet("z", out _));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
