using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators that look into the data: <c>var</c> whose path is reckoned, <c>missing</c> and <c>missing_some</c> likewise.</summary>
internal static class LogicAccess
{
    public static AttributeValue Variable(ref LogicRun run, LogicNode[] arguments)
    {
        var name = arguments.Length > 0 ? arguments[0].Evaluate(ref run) : default;
        return TryFind(ref run, name, out var value) || arguments.Length < 2 ? value : arguments[1].Evaluate(ref run);
    }

    // Of a first argument that is a list, the names are its items; else the arguments are.
    public static AttributeValue Missing(ref LogicRun run, LogicNode[] arguments)
    {
        var names = new AttributeValue[arguments.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = arguments[i].Evaluate(ref run);
        }
        return AttributeValue.Of(MissingOf(ref run, names.Length > 0 && names[0].Kind == AttributeKind.List ? names[0].AsList : names));
    }

    // None, where as many are there as are needed.
    public static AttributeValue MissingSome(ref LogicRun run, LogicNode[] arguments)
    {
        var needed = arguments[0].Evaluate(ref run);
        var names = arguments[1].Evaluate(ref run);
        if (names.Kind != AttributeKind.List || !LogicValues.TryToNumber(needed, out var count))
        {
            return run.Fail();
        }
        var missing = MissingOf(ref run, names.AsList);
        return AttributeValue.Of(AttributeValue.Of((decimal)names.AsList.Count - missing.Length).CompareTo(count) >= 0 ? [] : missing);
    }

    private static AttributeValue[] MissingOf(ref LogicRun run, IReadOnlyList<AttributeValue> names)
    {
        var missing = new List<AttributeValue>();
        for (var i = 0; i < names.Count && run.Spend(1); i++)
        {
            TryFind(ref run, names[i], out var value);
            if (LogicMissing.IsMissing(value))
            {
                missing.Add(names[i]);
            }
        }
        return [.. missing];
    }

    private static bool TryFind(ref LogicRun run, AttributeValue name, out AttributeValue value)
    {
        value = default;
        if (!run.Failed && LogicPath.Named(name) is { } path)
        {
            return path.TryFind(ref run, out value);
        }
        run.Fail();
        return false;
    }
}
