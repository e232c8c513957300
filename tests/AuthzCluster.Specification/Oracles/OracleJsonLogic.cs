using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using static AuthzCluster.Domain.Attributes.AttributeKind;
using Value = AuthzCluster.Domain.Attributes.AttributeValue;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The oracle's JSON Logic: reads the rule anew for every question, and builds all of the question as data.</summary>
internal sealed class OracleJsonLogic(AccessRequest request, OraclePermission asked)
{
    // Null is an error. Every error is an ArithmeticException, as those of decimals are.
    public bool? Holds(AttributeBag given)
    {
        try
        {
            return given.TryGet("rule", out var rule) ? Truthy(Apply(rule, Question())) : null;
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private Value Question() => Members(
        ("subject", Part(request.SubjectProperties, ("type", request.Subject.Type), ("id", request.Subject.Id))),
        ("resource", Part(request.ResourceProperties, ("type", request.ResourceType ?? asked.Resource), ("id", request.ResourceId))),
        ("action", Part(request.ActionProperties, ("name", asked.Action))),
        ("context", Value.Of(request.Context)));

    private static Value Part(AttributeBag properties, params (string Name, string? Text)[] besides)
    {
        var members = properties.ToDictionary();
        foreach (var (name, text) in besides.Where(one => one.Text is not null))
        {
            members[name] = Value.Of(text!);
        }
        members["properties"] = Value.Of(AttributeBag.Of(members));
        return Value.Of(AttributeBag.Of(members));
    }

    private static Value Apply(Value rule, Value data)
    {
        if (rule.Kind != AttributeKind.Object)
        {
            return rule.Kind == List ? Items(rule.AsList.Select(item => Apply(item, data))) : rule;
        }
        var (name, written) = rule.AsObject.Single();
        var given = written.Kind == List ? written.AsList.ToArray() : [written];
        Value At(int i) => i < given.Length ? Apply(given[i], data) : Value.Null;
        Value[] All() => [.. given.Select(one => Apply(one, data))];
        IReadOnlyList<Value> Elements() => At(0) is { Kind: List } list ? list.AsList : [];
        bool Step(Value element) => Truthy(Apply(given[1], element));
        switch (name)
        {
            case "var":
                return Find(data, At(0)) ?? At(1);
            case "missing":
                var names = All();
                return Missing(data, names is [{ Kind: List } list, ..] ? list.AsList : names);
            case "missing_some":
                var (needed, wanted) = (Number(At(0)), At(1) is { Kind: List } some ? some.AsList : throw Error());
                return wanted.Count - Missing(data, wanted).AsList.Count >= needed ? Items([]) : Missing(data, wanted);
            case "if" or "?:":
                return given.Length < 2 ? At(0) : Truthy(At(0)) ? At(1)
                    : Apply(Members((name, Items(given[2..]))), data);
            case "and" or "or":
                var first = At(0);
                return given.Length == 1 || Truthy(first) == (name == "or") ? first : Apply(Members((name, Items(given[1..]))), data);
            case "!" or "!!":
                return Value.Of(Truthy(At(0)) == (name == "!!"));
            case "log":
                return At(0);
            case "==" or "!=":
                return Value.Of(Loose(At(0), At(1)) == (name == "=="));
            case "===" or "!==":
                return Value.Of((At(0) == At(1)) == (name == "==="));
            case "<" or "<=" when given.Length == 3:
                var (low, middle, high) = (At(0), At(1), At(2));
                return Value.Of(Ordered(name, low, middle) && Ordered(name, middle, high));
            case "<" or "<=" or ">" or ">=":
                return Value.Of(Ordered(name, At(0), At(1)));
            case "max" or "min":
                var numbers = All().Select(one => ToNumber(one) ?? throw Error()).Order(Comparer<Value>.Create((a, b) => a.CompareTo(b)!.Value));
                return name == "max" ? numbers.Last() : numbers.First();
            case "+":
                return Value.Of(All().Aggregate(0m, (sum, one) => sum + Written(one)));
            case "*":
                return given.Length == 1 ? At(0) : Value.Of(All().Aggregate(1m, (product, one) => product * Written(one)));
            case "-":
                return Value.Of(given.Length == 1 ? -Number(At(0)) : Number(At(0)) - Number(At(1)));
            case "/":
                return Value.Of(Number(At(0)) / Number(At(1)));
            case "%":
                return Value.Of(Number(At(0)) % Number(At(1)));
            case "map":
                return Items(Elements().Select(element => Apply(given[1], element)));
            case "filter":
                return Items(Elements().Where(Step));
            case "reduce":
                var (over, start) = (Elements(), At(2));
                return over.Aggregate(start, (sofar, element) => Apply(given[1], Members(("current", element), ("accumulator", sofar))));
            case "all":
                return Value.Of(Elements() is { Count: > 0 } elements && elements.All(Step));
            case "none":
                return Value.Of(!Elements().Any(Step));
            case "some":
                return Value.Of(Elements().Any(Step));
            case "merge":
                return Items(All().SelectMany(one => one.Kind == List ? one.AsList : [one]));
            case "in":
                var (part, whole) = (At(0), At(1));
                return Value.Of(whole.Kind == List ? whole.AsList.Contains(part)
                    : whole.Kind == AttributeKind.String && whole.AsString != "" && whole.AsString.Contains(Text(part), StringComparison.Ordinal));
            case "cat":
                return Value.Of(string.Concat(All().Select(one => one == Value.Null ? "" : Text(one))));
            default:
                return name == "substr" ? Value.Of(Substring(All())) : throw Error();
        }
    }

    private static string Substring(Value[] given)
    {
        var (text, start) = (Text(given[0]), (int)Number(given[1]));
        text = text[(start < 0 ? Math.Max(text.Length + start, 0) : Math.Min(start, text.Length))..];
        var length = given.Length > 2 ? (int)Number(given[2]) : text.Length;
        return length < 0 ? text[..Math.Max(text.Length + length, 0)] : text[..Math.Min(length, text.Length)];
    }

    private static Value? Find(Value data, Value path)
    {
        if (path == Value.Null || path == Value.Of(""))
        {
            return data;
        }
        Value? at = data;
        foreach (var name in Text(path).Split('.'))
        {
            at = at switch
            {
                { Kind: AttributeKind.Object } inner => inner.AsObject.TryGet(name, out var member) ? member : null,
                { Kind: List } list => int.TryParse(name, out var i) && i.ToString() == name && i >= 0 && i < list.AsList.Count ? list.AsList[i] : null,
                _ => null,
            };
        }
        return at;
    }

    private static Value Missing(Value data, IReadOnlyList<Value> names) =>
        Items(names.Where(name => (Find(data, name) ?? Value.Null) is var found && (found == Value.Null || found == Value.Of(""))));

    private static bool Truthy(Value value) =>
        value != Value.Null && value != Value.Of(false) && value != Value.Of(0m) && value != Value.Of("") && value is not { Kind: List, AsList.Count: 0 };

    private static bool Loose(Value a, Value b) =>
        a.Kind == b.Kind ? a == b
        : a.Kind != Null && b.Kind != Null && (Many(a) == Many(b) ? ToNumber(a) is { } left && ToNumber(b) is { } right && left == right : throw Error());

    private static bool Ordered(string name, Value a, Value b)
    {
        if (Many(a) || Many(b))
        {
            throw Error();
        }
        var order = a.Kind == AttributeKind.String && b.Kind == AttributeKind.String ? a.CompareTo(b)
            : ToNumber(a) is { } left && ToNumber(b) is { } right ? left.CompareTo(right) : null;
        return name switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static bool Many(Value value) => value.Kind is List or AttributeKind.Object;

    private static Value? ToNumber(Value value) => value.Kind switch
    {
        AttributeKind.Number => value,
        AttributeKind.String when value.AsString.Trim() == "" => Value.Of(0m),
        AttributeKind.String => Value.TryParseNumber(value.AsString, out var read) ? read : null,
        Null => Value.Of(0m),
        AttributeKind.Boolean => Value.Of(value.AsBoolean ? 1m : 0m),
        _ => null,
    };

    private static decimal Number(Value value) =>
        decimal.Parse((ToNumber(value) ?? throw Error()).NumberText, System.Globalization.NumberStyles.Float);

    private static decimal Written(Value value) =>
        value.Kind == AttributeKind.Number || (value.Kind == AttributeKind.String && value.AsString.Trim() != "") ? Number(value) : throw Error();

    private static string Text(Value value) => value.Kind switch
    {
        AttributeKind.String => value.AsString,
        AttributeKind.Number => value.NumberText.Contains('E') ? value.NumberText.ToLowerInvariant() : Number(value).ToString("0.############################"),
        Null => "null",
        AttributeKind.Boolean => value.AsBoolean ? "true" : "false",
        _ => throw Error(),
    };

    private static ArithmeticException Error() => new("cannot be evaluated");

    private static Value Items(IEnumerable<Value> values) => Value.Of([.. values]);

    private static Value Members(params (string, Value)[] members) => Value.Of(AttributeBag.Of(members));
}
