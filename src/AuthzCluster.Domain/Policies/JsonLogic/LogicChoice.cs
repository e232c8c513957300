using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators that go by what is truthy: <c>if and or ! !!</c>; and <c>log</c>, which is its argument and logs nothing.</summary>
internal static class LogicChoice
{
    public static AttributeValue If(ref LogicRun run, LogicNode[] arguments)
    {
        var i = 0;
        for (; i < arguments.Length - 1 && !run.Failed; i += 2)
        {
            if (LogicValues.IsTruthy(arguments[i].Evaluate(ref run)))
            {
                return arguments[i + 1].Evaluate(ref run);
            }
        }
        return i < arguments.Length ? arguments[i].Evaluate(ref run) : default;
    }

    // The first that is falsy, else the last.
    public static AttributeValue And(ref LogicRun run, LogicNode[] arguments)
    {
        var value = arguments[0].Evaluate(ref run);
        for (var i = 1; i < arguments.Length && LogicValues.IsTruthy(value); i++)
        {
            value = arguments[i].Evaluate(ref run);
        }
        return value;
    }

    // The first that is truthy, else the last.
    public static AttributeValue Or(ref LogicRun run, LogicNode[] arguments)
    {
        var value = arguments[0].Evaluate(ref run);
        for (var i = 1; i < arguments.Length && !LogicValues.IsTruthy(value); i++)
        {
            value = arguments[i].Evaluate(ref run);
        }
        return value;
    }

    public static AttributeValue Not(ref LogicRun run, LogicNode[] arguments) =>
        AttributeValue.Of(!LogicValues.IsTruthy(arguments[0].Evaluate(ref run)));

    public static AttributeValue Truth(ref LogicRun run, LogicNode[] arguments) =>
        AttributeValue.Of(LogicValues.IsTruthy(arguments[0].Evaluate(ref run)));

    public static AttributeValue Log(ref LogicRun run, LogicNode[] arguments) => arguments[0].Evaluate(ref run);
}
