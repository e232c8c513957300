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
}
