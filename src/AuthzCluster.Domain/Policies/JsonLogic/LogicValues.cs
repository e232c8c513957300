using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>How JSON Logic takes one type for another.</summary>
internal static class LogicValues
{
    private const int LongestNumber = 64, DeepestValue = 64, CharactersPerStep = 256;

    private static readonly AttributeValue Zero = AttributeValue.Of(0m), One = AttributeValue.Of(1m);

    /// <summary>Everything is truthy but null, false, 0, the empty text and the empty list.</summary>
    public static bool IsTruthy(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => false,
        AttributeKind.Boolean => value.AsBoolean,
        AttributeKind.Number => !value.TryGetDecimal(out var number) || number != 0,
        AttributeKind.String => value.AsString.Length > 0,
        AttributeKind.List => value.AsList.Count > 0,
        _ => true,
    };

    /// <summary>As a number: null, false and blank text are 0, true is 1, text is what it says; false where it is no number.</summary>
    public static bool TryToNumber(AttributeValue value, out AttributeValue number)
    {
        number = value;
        switch (value.Kind)
        {
            case AttributeKind.Number:
                return true;
            case AttributeKind.Null:
                number = Zero;
                return true;
            case AttributeKind.Boolean:
                number = value.AsBoolean ? One : Zero;
                return true;
            case AttributeKind.String when value.AsString.Length <= LongestNumber && value.AsString.AsSpan().IsWhiteSpace():
                number = Zero;
                return true;
            case AttributeKind.String:
                return value.AsString.Length <= LongestNumber && AttributeValue.TryParseNumber(value.AsString, out number);
            default:
                return false;
        }
    }

    /// <summary>As text; null where it is a list or an object.</summary>
    public static string? ToText(AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => value.AsString,
        AttributeKind.Null => "null",
        AttributeKind.Boolean => value.AsBoolean ? "true" : "false",
        // Without the zeros at the end that a decimal keeps.
        AttributeKind.Number => value.TryGetDecimal(out var number)
            ? AttributeValue.Of(number / 1.0000000000000000000000000000m).NumberText
            : value.NumberText.Replace('E', 'e'),
        _ => null,
    };

    /// <summary>Whether it is a list or an object.</summary>
    public static bool IsComposed(AttributeValue value) => value.Kind is AttributeKind.List or AttributeKind.Object;

    /// <summary>Equal by type and value, as <see cref="AttributeValue"/> is, within what the run may spend.</summary>
    public static bool AreSame(ref LogicRun run, AttributeValue a, AttributeValue b, int depth = 0)
    {
        if (a.Kind != b.Kind)
        {
            return run.Spend(1) && false;
        }
        if (!IsComposed(a))
        {
            var isLong = a.Kind == AttributeKind.String && a.AsString.Length == b.AsString.Length;
            return run.Spend(isLong ? 1 + (a.AsString.Length / CharactersPerStep) : 1) && a == b;
        }
        if (depth == DeepestValue)
        {
            run.Fail();
            return false;
        }
        return a.Kind == AttributeKind.List ? AreSame(ref run, a.AsList, b.AsList, depth + 1) : AreSame(ref run, a.AsObject, b.AsObject, depth + 1);
    }

    /// <summary>Orders two: texts ordinally, all else as numbers; null where one is no number. A list or an object fails the run.</summary>
    public static int? Compare(ref LogicRun run, AttributeValue a, AttributeValue b)
    {
        if (IsComposed(a) || IsComposed(b))
        {
            run.Fail();
            return null;
        }
        if (a.Kind == AttributeKind.String && b.Kind == AttributeKind.String)
        {
            var length = Math.Min(a.AsString.Length, b.AsString.Length);
            return run.Spend(length / CharactersPerStep) ? a.CompareTo(b) : null;
        }
        return TryToNumber(a, out var left) && TryToNumber(b, out var right) ? left.CompareTo(right) : null;
    }

    private static bool AreSame(ref LogicRun run, IReadOnlyList<AttributeValue> a, IReadOnlyList<AttributeValue> b, int depth)
    {
        var same = run.Spend(1) && a.Count == b.Count;
        for (var i = 0; same && i < a.Count; i++)
        {
            same = AreSame(ref run, a[i], b[i], depth);
        }
        return same;
    }

    private static bool AreSame(ref LogicRun run, AttributeBag a, AttributeBag b, int depth)
    {
        if (!run.Spend(1L + a.Count) || a.Count != b.Count)
        {
            return false;
        }
        foreach (var (name, value) in a)
        {
            if (!b.TryGet(name, out var other) || !AreSame(ref run, value, other, depth))
            {
                return false;
            }
        }
        return true;
    }
}
