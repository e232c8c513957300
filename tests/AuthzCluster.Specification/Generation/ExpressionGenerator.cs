using AuthzCluster.Domain.Attributes;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Generation;

/// <summary>Expressions that the contract accepts, as text; at run time some hold, some do not, some cannot be evaluated.</summary>
/// <param name="dice">Chance.</param>
/// <param name="isForeseen">Whether only such are made of which it is known when time changes them, by the instants that stand in them.</param>
internal sealed class ExpressionGenerator(Dice dice, bool isForeseen)
{
    private const int Deepest = 3;

    private static readonly string[] Equality = ["=", "!="];
    private static readonly string[] Orders = ["<", "<=", ">", ">="];
    private static readonly string[] Memberships = ["in", "not in"];
    private static readonly string[] Affixes = ["starts_with", "ends_with"];

    /// <summary>One more.</summary>
    public string Next() => Joined(0);

    private string Joined(int depth) => string.Concat(
        dice.Some(1, depth == 0 ? 4 : 3, () => Negated(depth)).Select((part, i) => i == 0 ? part : $" {dice.Of(["and", "or"])} {part}"));

    private string Negated(int depth) => dice.Chance(15) ? $"not {Negated(depth + 1)}" : depth < Deepest && dice.Chance(20) ? $"({Joined(depth + 1)})" : Test();

    private string Test() => dice.Below(12) switch
    {
        0 => dice.Chance(50) ? Path() : dice.Of(["true", "false", "resource.unit"]),
        1 => $"exists({Path()})",
        < 5 => $"{Value()} {dice.Of(Equality)} {Value()}",
        5 => $"{Number()} {dice.Of(Orders)} {Number()}",
        6 => $"{Text()} {dice.Of(Orders)} {Text()}",
        7 => $"{Value()} {dice.Of(Memberships)} {(dice.Chance(80) ? List() : Path())}",
        8 => dice.Chance(50) ? $"{List()} contains {Value()}" : $"{Text()} contains {Text()}",
        9 => $"{Text()} {dice.Of(Affixes)} {Text()}",
        _ => Instants(),
    };

    private string Instants()
    {
        var (left, right) = isForeseen && dice.Chance(80) ? ("now", Constant()) : isForeseen ? (Constant(), $"time({Path()})") : (Instant(), Instant());
        (left, right) = dice.Chance(50) ? (left, right) : (right, left);
        return $"{left} {dice.Of(dice.Chance(40) ? Equality : Orders)} {right}";
    }

    private string Instant() => dice.Below(3) switch
    {
        0 => "now",
        1 => $"time({(dice.Chance(50) ? "context.when" : Path())})",
        _ => Constant(),
    };

    private string Constant() => $"time({Quoted(CaseTime.Text(Alphabet.Instant(dice)))})";

    private string Value() => dice.Below(6) switch
    {
        0 => Number(),
        1 => Text(),
        2 => List(),
        3 => Literal(Alphabet.Value(dice, dice.Of(Alphabet.Names))),
        _ => Path(),
    };

    private string Number() => dice.Below(6) switch
    {
        0 => $"size({(dice.Chance(70) ? Path() : dice.Chance(50) ? List() : Text())})",
        1 => $"{dice.Of(["hour", "day_of_week"])}({(isForeseen ? Constant() : Instant())})",
        2 or 3 => Literal(Alphabet.Number(dice.Below(8) / 2m)),
        _ => Path(),
    };

    private string Text() => dice.Below(6) switch
    {
        0 => $"{dice.Of(["lower", "upper"])}({(dice.Chance(80) ? Path() : Quoted("Eu"))})",
        1 or 2 => Quoted(dice.Of(["eu", "EU", "e", "o", "office", "alice", "c1", "", "it's \"\\\n"])),
        _ => Path(),
    };

    private string List() => dice.Chance(30) ? Path() : $"[{string.Join(", ", dice.Some(0, 4, () => Literal(Alphabet.Value(dice, dice.Of(Alphabet.Names)))))}]";

    private string Path()
    {
        var path = dice.Chance(15) ? dice.Of(ConditionGenerator.Besides) : dice.Of(ConditionGenerator.Roots) + dice.Of(Alphabet.Names);
        return dice.Chance(10) ? $"`{path}`" : path;
    }

    private string Literal(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => "null",
        AttributeKind.Boolean => value.AsBoolean ? "true" : "false",
        AttributeKind.Number => value.NumberText,
        AttributeKind.String => Quoted(value.AsString),
        AttributeKind.List => $"[{string.Join(",", value.AsList.Select(Literal))}]",
        // There is no literal of an object.
        _ => "'object'",
    };

    private string Quoted(string text)
    {
        var quote = dice.Chance(70) ? "'" : "\"";
        var escaped = text.Replace("\\", "\\\\").Replace(quote, "\\" + quote).Replace("\n", dice.Chance(50) ? "\\n" : "\\u000a");
        return quote + escaped + quote;
    }
}
