using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Generation;

/// <summary>Small rules of JSON Logic; what types meet is left to chance, so that some cannot be evaluated.</summary>
internal sealed class LogicGenerator(Dice dice)
{
    private const int Deepest = 4;

    private static readonly string[] Comparing = ["==", "===", "!=", "!==", ">", ">=", "<", "<=", "in"];
    private static readonly string[] Reckoning = ["+", "-", "*", "/", "%", "max", "min"];
    private static readonly string[] Roots = ["resource.", "resource.properties.", "subject.", "context."];
    private static readonly string[] Besides =
        ["subject.id", "resource.type", "resource.id", "action.name", "resource.tags.0", "resource.address.city", "", "resource", "context.absent", "region"];

    public Condition One() => new("json_logic", AttributeBag.Of(("rule", Rule(1))));

    private AttributeValue Rule(int depth) => depth > Deepest ? Named(Path()) : dice.Below(8) switch
    {
        0 or 1 => Call(dice.Of(["and", "or"]), [.. dice.Some(1, 3, () => Rule(depth + 1))]),
        2 => Call(dice.Of(["!", "!!", "log"]), [Rule(depth + 1)]),
        3 => Call(dice.Of(["if", "?:"]), [.. dice.Some(1, 5, () => Rule(depth + 1))]),
        4 => Call(dice.Of(["all", "none", "some"]), [List(depth + 1), Step(depth + 1)]),
        5 => Call(dice.Of(["missing", "merge"]), [.. dice.Some(0, 3, () => Alphabet.Text(Path()))]),
        _ => Call(dice.Of(Comparing), [Term(depth + 1), Term(depth + 1)]),
    };

    private AttributeValue Term(int depth) => depth > Deepest ? Named(Path()) : dice.Below(12) switch
    {
        0 => Call(dice.Of(Reckoning), [Term(depth + 1), Term(depth + 1)]),
        1 => Call("cat", [.. dice.Some(0, 3, () => Term(depth + 1))]),
        2 => Call("substr", [Term(depth + 1), Alphabet.Number(dice.Below(5) - 2), Alphabet.Number(dice.Below(5) - 2)]),
        3 => List(depth),
        4 => Rule(depth + 1),
        5 => Call("missing_some", [Alphabet.Number(dice.Below(3)), AttributeValue.Of([.. dice.Some(0, 3, () => Alphabet.Text(Path()))])]),
        < 9 => Variable(),
        _ => Plain(dice.Of(Alphabet.Names)),
    };

    private AttributeValue List(int depth) => depth > Deepest ? Named(Path()) : dice.Below(5) switch
    {
        0 => Call("map", [Variable(), Step(depth + 1)]),
        1 => Call("filter", [Variable(), Step(depth + 1)]),
        2 => Call("reduce", [Variable(), Call(dice.Of(["+", "max", "cat", "merge"]), [Named("current"), Named("accumulator")]), Term(depth + 1)]),
        3 => AttributeValue.Of([.. dice.Some(0, 3, () => Term(depth + 1))]),
        _ => Named(dice.Of(Roots) + "tags"),
    };

    private AttributeValue Step(int depth) => Call(dice.Of(Comparing), [Named(""), Term(depth + 1)]);

    private AttributeValue Variable() => dice.Chance(15)
        ? Call("var", [Alphabet.Text(Path()), Plain("level")])
        : dice.Chance(5) ? Call("var", [Call("cat", [Alphabet.Text("resource."), Alphabet.Text("level")])]) : Named(Path());

    // An object would be an operator.
    private AttributeValue Plain(string name) => Alphabet.Value(dice, name) is { Kind: not AttributeKind.Object } value ? value : AttributeValue.Null;

    private string Path() => dice.Chance(20) ? dice.Of(Besides) : dice.Of(Roots) + dice.Of(Alphabet.Names);

    private static AttributeValue Named(string path) => AttributeValue.Of(AttributeBag.Of(("var", Alphabet.Text(path))));

    private static AttributeValue Call(string name, params AttributeValue[] arguments) =>
        AttributeValue.Of(AttributeBag.Of((name, AttributeValue.Of(arguments))));
}
