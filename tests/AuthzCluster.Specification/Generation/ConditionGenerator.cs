using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Generation;

/// <summary>Conditions that the contract accepts; at run time some hold, some do not, some cannot be evaluated.</summary>
internal sealed class ConditionGenerator(Dice dice)
{
    private static readonly string[] Ordering = ["gt", "gte", "lt", "lte"];
    private static readonly string[] Equality = ["eq", "neq", "in", "not_in"];
    public static readonly string[] Roots = ["resource.", "resource.properties.", "subject.", "context.", ""];
    public static readonly string[] Besides = ["subject.id", "subject.type", "resource.id", "resource.type", "action.name", "resource.address.city", "absent.path"];

    public ImmutableArray<Condition> Some(int least) => [.. dice.Some(least, 2, () => One(0))];

    private Condition One(int depth) => dice.Below(depth > 2 ? 6 : 10) switch
    {
        1 when dice.Chance(60) => new LogicGenerator(dice).One(),
        0 => new Condition("resource_owner", AttributeBag.Empty),
        1 => new Condition("expression", AttributeBag.Of(("text", Alphabet.Text(new ExpressionGenerator(dice, isForeseen: true).Next())))),
        6 or 7 => Several("all", depth),
        8 => Several("any", depth),
        9 => new Condition("not", AttributeBag.Of(("condition", ToValue(One(depth + 1))))),
        _ when dice.Chance(25) => CircumstanceGenerator.One(dice),
        _ => Match(),
    };

    private Condition Several(string type, int depth) => new(type, AttributeBag.Of(
        ("conditions", AttributeValue.Of([.. dice.Some(1, 3, () => ToValue(One(depth + 1)))]))));

    private Condition Match()
    {
        var name = dice.Of(Alphabet.Names);
        var path = dice.Chance(15) ? dice.Of(Besides) : dice.Of(Roots) + name;
        var (op, expected) = dice.Below(10) switch
        {
            0 => ("exists", (AttributeValue?)null),
            1 => ("contains", Alphabet.Text(dice.Of(["eu", "o"]))),
            2 => ("starts_with", Alphabet.Text(dice.Of(["eu", "a", "c"]))),
            < 6 => (dice.Of(Ordering), dice.Chance(70) ? Alphabet.Number(dice.Below(4)) : Alphabet.Text("eu")),
            _ => (dice.Of(Equality), Alphabet.Value(dice, name)),
        };
        if (op is "in" or "not_in")
        {
            expected = AttributeValue.Of([.. dice.Some(1, 3, () => Alphabet.Value(dice, name))]);
        }
        if (op != "exists" && dice.Chance(15))
        {
            expected = AttributeValue.Of(AttributeBag.Of(("attribute", Alphabet.Text(dice.Of(Roots) + name))));
        }
        var given = AttributeBag.Of(("attribute", Alphabet.Text(path)), ("operator", Alphabet.Text(op)));
        return new Condition("attribute_match", expected is { } value ? given.With(AttributeBag.Of(("expected", value))) : given);
    }

    private static AttributeValue ToValue(Condition condition) => AttributeValue.Of(AttributeBag.Of(
        ("type", Alphabet.Text(condition.Type)), ("params", AttributeValue.Of(condition.Params))));
}
