using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators that compare.</summary>
internal static class LogicComparison
{
    public static AttributeValue Equal(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(AreEqual(ref run, arguments));

    public static AttributeValue NotEqual(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(!AreEqual(ref run, arguments));

    public static AttributeValue StrictlyEqual(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(AreSame(ref run, arguments));

    public static AttributeValue StrictlyNotEqual(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(!AreSame(ref run, arguments));

    public static AttributeValue Greater(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(Order(ref run, arguments) > 0);

    public static AttributeValue GreaterOrEqual(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(Order(ref run, arguments) >= 0);

    // With three arguments: whether the second is between the others.
    public static AttributeValue Less(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(AreAscending(ref run, arguments, -1));

    public static AttributeValue LessOrEqual(ref LogicRun run, LogicNode[] arguments) => AttributeValue.Of(AreAscending(ref run, arguments, 0));

    private static int? Order(ref LogicRun run, LogicNode[] arguments)
    {
        var left = arguments[0].Evaluate(ref run);
        return LogicValues.Compare(ref run, left, arguments[1].Evaluate(ref run));
    }

    private static bool AreAscending(ref LogicRun run, LogicNode[] arguments, int most)
    {
        var first = arguments[0].Evaluate(ref run);
        var second = arguments[1].Evaluate(ref run);
        var third = arguments.Length > 2 ? arguments[2].Evaluate(ref run) : default;
        return IsAtMost(LogicValues.Compare(ref run, first, second), most)
            && (arguments.Length == 2 || IsAtMost(LogicValues.Compare(ref run, second, third), most));
    }

    private static bool IsAtMost(int? order, int most) => order is { } known && Math.Sign(known) <= most;

    private static bool AreSame(ref LogicRun run, LogicNode[] arguments)
    {
        var left = arguments[0].Evaluate(ref run);
        return LogicValues.AreSame(ref run, left, arguments[1].Evaluate(ref run));
    }

    // Loosely: values of two types as numbers; null equals nothing else.
    private static bool AreEqual(ref LogicRun run, LogicNode[] arguments)
    {
        var left = arguments[0].Evaluate(ref run);
        var right = arguments[1].Evaluate(ref run);
        if (left.Kind == right.Kind)
        {
            return LogicValues.AreSame(ref run, left, right);
        }
        if (left.Kind == AttributeKind.Null || right.Kind == AttributeKind.Null)
        {
            return false;
        }
        if (LogicValues.IsComposed(left) != LogicValues.IsComposed(right))
        {
            run.Fail();
            return false;
        }
        return LogicValues.TryToNumber(left, out var a) && LogicValues.TryToNumber(right, out var b) && a == b;
    }
}
