using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators over lists. What is no list is an empty one to them. Within a step the element is all the data.</summary>
internal static class LogicIteration
{
    private static readonly AttributeValue Empty = AttributeValue.Of(Array.Empty<AttributeValue>());

    public static AttributeValue Map(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        if (list.Count == 0 || !run.Spend(list.Count))
        {
            return Empty;
        }
        var mapped = new AttributeValue[list.Count];
        for (var i = 0; i < mapped.Length && !run.Failed; i++)
        {
            mapped[i] = Step(ref run, list[i], arguments[1]);
        }
        return AttributeValue.Of(mapped);
    }

    public static AttributeValue Filter(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        var kept = new List<AttributeValue>();
        for (var i = 0; i < list.Count && run.Spend(1); i++)
        {
            if (LogicValues.IsTruthy(Step(ref run, list[i], arguments[1])))
            {
                kept.Add(list[i]);
            }
        }
        return AttributeValue.Of([.. kept]);
    }

    public static AttributeValue Reduce(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        var accumulator = arguments.Length > 2 ? arguments[2].Evaluate(ref run) : default;
        for (var i = 0; i < list.Count && run.Spend(1); i++)
        {
            var data = AttributeBag.Of(("accumulator", accumulator), ("current", list[i]));
            accumulator = Step(ref run, AttributeValue.Of(data), arguments[1]);
        }
        return accumulator;
    }

    // Of none it does not hold.
    public static AttributeValue All(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        return AttributeValue.Of(list.Count > 0 && First(ref run, list, arguments[1], isTruthy: false) < 0);
    }

    public static AttributeValue None(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        return AttributeValue.Of(First(ref run, list, arguments[1], isTruthy: true) < 0);
    }

    public static AttributeValue Some(ref LogicRun run, LogicNode[] arguments)
    {
        var list = List(ref run, arguments);
        return AttributeValue.Of(First(ref run, list, arguments[1], isTruthy: true) >= 0);
    }

    public static AttributeValue Merge(ref LogicRun run, LogicNode[] arguments)
    {
        var merged = new List<AttributeValue>();
        foreach (var argument in arguments)
        {
            var value = argument.Evaluate(ref run);
            if (!run.Spend(value.Kind == AttributeKind.List ? value.AsList.Count : 1))
            {
                break;
            }
            if (value.Kind == AttributeKind.List)
            {
                merged.AddRange(value.AsList);
            }
            else
            {
                merged.Add(value);
            }
        }
        return AttributeValue.Of([.. merged]);
    }

    private static int First(ref LogicRun run, IReadOnlyList<AttributeValue> list, LogicNode step, bool isTruthy)
    {
        for (var i = 0; i < list.Count && !run.Failed; i++)
        {
            if (LogicValues.IsTruthy(Step(ref run, list[i], step)) == isTruthy)
            {
                return i;
            }
        }
        return -1;
    }

    private static IReadOnlyList<AttributeValue> List(ref LogicRun run, LogicNode[] arguments)
    {
        var value = arguments[0].Evaluate(ref run);
        return value.Kind == AttributeKind.List ? value.AsList : [];
    }

    private static AttributeValue Step(ref LogicRun run, AttributeValue element, LogicNode step)
    {
        var before = run.Enter(element);
        var value = step.Evaluate(ref run);
        run.Leave(before);
        return value;
    }
}
