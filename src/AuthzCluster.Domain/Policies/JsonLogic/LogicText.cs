using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators over text; and <c>in</c>, which looks for an element of a list too. A list or an object as text fails the run.</summary>
internal static class LogicText
{
    private const int ComparisonsPerStep = 1024;

    public static AttributeValue In(ref LogicRun run, LogicNode[] arguments)
    {
        var wanted = arguments[0].Evaluate(ref run);
        var within = arguments[1].Evaluate(ref run);
        return within.Kind switch
        {
            AttributeKind.List => AttributeValue.Of(Contains(ref run, within.AsList, wanted)),
            AttributeKind.String when within.AsString.Length > 0 => AttributeValue.Of(Contains(ref run, within.AsString, wanted)),
            _ => AttributeValue.Of(false),
        };
    }

    public static AttributeValue Join(ref LogicRun run, LogicNode[] arguments)
    {
        var texts = new string[arguments.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            var value = arguments[i].Evaluate(ref run);
            texts[i] = value.Kind == AttributeKind.Null ? "" : LogicValues.ToText(value) ?? "";
            if (LogicValues.IsComposed(value) || !run.SpendText(texts[i].Length))
            {
                return run.Fail();
            }
        }
        return AttributeValue.Of(string.Concat(texts));
    }

    // From a place (from the end where negative), so many characters (so many fewer than are left where negative).
    public static AttributeValue Part(ref LogicRun run, LogicNode[] arguments)
    {
        var text = LogicValues.ToText(arguments[0].Evaluate(ref run));
        var isFrom = TryToPlace(arguments[1].Evaluate(ref run), out var from);
        var count = int.MaxValue;
        var isCount = arguments.Length < 3 || TryToPlace(arguments[2].Evaluate(ref run), out count);
        if (text is null || !isFrom || !isCount)
        {
            return run.Fail();
        }
        var start = from < 0 ? Math.Max(text.Length + from, 0) : Math.Min(from, text.Length);
        var left = text.Length - start;
        var length = count < 0 ? Math.Max(left + count, 0) : Math.Min(count, left);
        return run.SpendText(length) ? AttributeValue.Of(text.Substring(start, length)) : default;
    }

    // Cut towards zero; what is beyond every text is the end of it.
    private static bool TryToPlace(AttributeValue value, out int place)
    {
        place = 0;
        if (!LogicValues.TryToNumber(value, out var number) || !number.TryGetDecimal(out var exact))
        {
            return false;
        }
        place = (int)decimal.Truncate(Math.Clamp(exact, int.MinValue / 2, int.MaxValue));
        return true;
    }

    private static bool Contains(ref LogicRun run, IReadOnlyList<AttributeValue> list, AttributeValue wanted)
    {
        for (var i = 0; i < list.Count && !run.Failed; i++)
        {
            if (LogicValues.AreSame(ref run, list[i], wanted))
            {
                return true;
            }
        }
        return false;
    }

    // A search of long texts may look at every place of the one for every place of the other.
    private static bool Contains(ref LogicRun run, string text, AttributeValue wanted)
    {
        if (LogicValues.ToText(wanted) is not { } part)
        {
            run.Fail();
            return false;
        }
        return run.Spend(1 + ((long)text.Length * part.Length / ComparisonsPerStep)) && text.Contains(part, StringComparison.Ordinal);
    }
}
