using System.Globalization;
using System.Text.RegularExpressions;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Specification.Oracles;

/// <summary>
/// An expression, evaluated while it is read: what is false already is read to its end like the rest. A condition is a <c>bool?</c> of which null is an
/// error; of a value null is what is absent.
/// </summary>
internal sealed partial class OracleExpression
{
    private static readonly object Error = new();

    private readonly Func<string, AttributeValue?> _find;
    private readonly DateTimeOffset _now;
    private readonly Queue<string> _words;

    private OracleExpression(string text, Func<string, AttributeValue?> find, DateTimeOffset now)
    {
        _find = find;
        _now = now.AddTicks(-(now.Ticks % 10));
        _words = new Queue<string>(Words().Matches(text).Select(match => match.Value));
    }

    /// <summary>Whether it holds; null is an error.</summary>
    public static bool? Holds(string text, Func<string, AttributeValue?> find, DateTimeOffset now) => Truth(new OracleExpression(text, find, now).Either());

    /// <summary>When what a text says of now may change: at the instants that stand in it, a microsecond later, and with the hours of the next days.</summary>
    public static IEnumerable<DateTimeOffset> Boundaries(string text, DateTimeOffset now)
    {
        var words = Words().Matches(text).Select(match => match.Value).ToList();
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var hours = words.Contains("hour") || words.Contains("day_of_week") ? Enumerable.Range(1, 8 * 24).Select(count => hour.AddHours(count)) : [];
        return words.Where(word => word[0] is '\'' or '"').Select(word => Instant(Unquote(word))).OfType<DateTimeOffset>()
            .SelectMany(at => new[] { at, at.AddMicroseconds(1) }).Concat(hours);
    }

    private object? Either()
    {
        var sofar = Both();
        while (Next("or"))
        {
            sofar = new Answer(Truth(sofar) | Truth(Both()));
        }
        return sofar;
    }

    private object? Both()
    {
        var sofar = Negated();
        while (Next("and"))
        {
            sofar = new Answer(Truth(sofar) & Truth(Negated()));
        }
        return sofar;
    }

    private object? Negated() => Next("not") ? new Answer(!Truth(Negated())) : Compared();

    private object? Compared()
    {
        var left = Thing();
        var op = _words.TryPeek(out var word) ? word : "";
        if (op is not ("=" or "!=" or "<" or "<=" or ">" or ">=" or "in" or "not" or "contains" or "starts_with" or "ends_with"))
        {
            return left;
        }
        _words.Dequeue();
        var isNegated = op is "!=" or "not";
        op = op == "not" ? _words.Dequeue() : op;
        var right = Thing();
        var holds = left == Error || right == Error ? null : left is null || right is null ? false : Compare(op, left, right);
        return new Answer(isNegated ? !holds : holds);
    }

    private static bool? Compare(string op, object left, object right)
    {
        var (a, b) = (left as AttributeValue? ?? default, right as AttributeValue? ?? default);
        var areTexts = a.Kind == AttributeKind.String && b.Kind == AttributeKind.String;
        int? order = left is DateTimeOffset first && right is DateTimeOffset second ? first.CompareTo(second) : a.CompareTo(b);
        return op switch
        {
            "=" or "!=" => left.Equals(right),
            "<" => order is null ? null : order < 0,
            "<=" => order is null ? null : order <= 0,
            ">" => order is null ? null : order > 0,
            ">=" => order is null ? null : order >= 0,
            "in" => b.Kind == AttributeKind.List ? b.AsList.Contains(a) : null,
            "contains" when a.Kind == AttributeKind.List => a.AsList.Contains(b),
            "contains" => areTexts ? a.AsString.Contains(b.AsString, StringComparison.Ordinal) : null,
            "starts_with" => areTexts ? a.AsString.StartsWith(b.AsString, StringComparison.Ordinal) : null,
            _ => areTexts ? a.AsString.EndsWith(b.AsString, StringComparison.Ordinal) : null,
        };
    }

    private object? Thing()
    {
        var word = _words.Dequeue();
        if (word == "(")
        {
            var inner = Either();
            _words.Dequeue();
            return inner;
        }
        if (word == "now")
        {
            return _now;
        }
        if (!char.IsLetter(word[0]) || word is "true" or "false" or "null")
        {
            return word[0] == '`' ? _find(word[1..^1]) : Literal(word);
        }
        if (!Next("("))
        {
            return _find(word);
        }
        var given = Either();
        _words.Dequeue();
        return word == "exists" ? new Answer(given is not null) : given is null || given == Error ? given : Called(word, given);
    }

    private AttributeValue Literal(string word)
    {
        if (word == "[")
        {
            var items = new List<AttributeValue>();
            while (!Next("]"))
            {
                items.Add(Literal(_words.Dequeue()));
                Next(",");
            }
            return AttributeValue.Of([.. items]);
        }
        return word is "null" ? AttributeValue.Null : word is "true" or "false" ? AttributeValue.Of(word == "true")
            : word[0] is '\'' or '"' ? AttributeValue.Of(Unquote(word))
            : AttributeValue.TryParseNumber(word, out var number) ? number : throw new FormatException(word);
    }

    private static object Called(string function, object given)
    {
        if (given is DateTimeOffset at)
        {
            return AttributeValue.Of((decimal)(function == "hour" ? at.UtcDateTime.Hour : ((int)at.UtcDateTime.DayOfWeek + 6) % 7));
        }
        var value = (AttributeValue)given;
        return (function, value.Kind) switch
        {
            ("size", AttributeKind.String) => AttributeValue.Of((decimal)value.AsString.Length),
            ("size", AttributeKind.List) => AttributeValue.Of((decimal)value.AsList.Count),
            ("size", AttributeKind.Object) => AttributeValue.Of((decimal)value.AsObject.Count),
            ("lower", AttributeKind.String) when value.AsString.Length <= 4096 => AttributeValue.Of(value.AsString.ToLowerInvariant()),
            ("upper", AttributeKind.String) when value.AsString.Length <= 4096 => AttributeValue.Of(value.AsString.ToUpperInvariant()),
            ("time", AttributeKind.String) => Instant(value.AsString) ?? Error,
            _ => Error,
        };
    }

    private bool Next(string word) => _words.TryPeek(out var next) && next == word && _words.TryDequeue(out _);

    private static bool? Truth(object? thing) => thing switch
    {
        Answer answer => answer.Holds,
        null => false,
        AttributeValue { Kind: AttributeKind.Boolean } value => value.AsBoolean,
        _ => null,
    };

    private static DateTimeOffset? Instant(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(Finer().Replace(text.ToUpperInvariant(), ""), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static string Unquote(string word) => Escape().Replace(word[1..^1], match => match.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'u' => ((char)Convert.ToInt32(match.Value[2..], 16)).ToString(),
        var other => other.ToString(),
    });

    private sealed record Answer(bool? Holds);

    [GeneratedRegex("""'(\\.|[^'\\])*'|"(\\.|[^"\\])*"|`[^`]*`|-?\d[\d.]*([eE][+-]?\d+)?|[\p{L}_][\p{L}\p{Nd}_.-]*|[!<>]=|[=<>()\[\],]""", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex(@"\\(u[0-9A-Fa-f]{4}|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,30})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$")]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"(?<=\.\d{6})\d+")]
    private static partial Regex Finer();
}
