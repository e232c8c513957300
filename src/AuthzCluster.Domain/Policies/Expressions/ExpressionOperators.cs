using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>The comparisons: those of <c>attribute_match</c> as an expression writes them. What is certain to be an error is refused.</summary>
internal static class ExpressionOperators
{
    // As written, and what attribute_match calls it.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["="] = AttributeOperator.Equal,
        ["!="] = AttributeOperator.NotEqual,
        ["<"] = "lt",
        ["<="] = "lte",
        [">"] = "gt",
        [">="] = "gte",
        ["in"] = AttributeOperator.In,
        ["not in"] = AttributeOperator.NotIn,
        ["contains"] = "contains",
        ["starts_with"] = "starts_with",
        ["ends_with"] = "",
    };

    /// <summary>Whether a token is one, or the first half of <c>not in</c>.</summary>
    public static bool IsOne(ExpressionToken token) =>
        token.Kind is ExpressionTokenKind.Sign or ExpressionTokenKind.Word && (Names.ContainsKey(token.Text) || token.Text == "not");

    /// <summary>The comparison of two parts that stand at two positions.</summary>
    public static ConditionNode Compare(string op, ExpressionNode left, int leftAt, ExpressionNode right, int rightAt)
    {
        if (left is InstantNode || right is InstantNode)
        {
            return CompareInstants(op, left, leftAt, right, rightAt);
        }
        var (first, second) = (Value(left, leftAt), Value(right, rightAt));
        Check(op, first.Kind, leftAt, second.Kind, rightAt);
        var ofAbsent = AttributeOperator.HoldsOfAbsent(Names[op]) ? Truth.True : Truth.False;
        return new ComparisonNode(first, second, op == "ends_with" ? EndsWith : AttributeOperator.Named(Names[op]), ofAbsent);
    }

    /// <summary>The part, which must be a value.</summary>
    public static ValueNode Value(ExpressionNode node, int at) => node switch
    {
        ValueNode value => value,
        InstantNode => throw new ExpressionException(at, "expected a value, not an instant"),
        _ => throw new ExpressionException(at, "expected a value, not a condition"),
    };

    /// <summary>How an error speaks of a type.</summary>
    public static string Describe(AttributeKind kind) => kind switch
    {
        AttributeKind.Null => "null",
        AttributeKind.Boolean => "a boolean",
        AttributeKind.Number => "a number",
        AttributeKind.String => "a string",
        AttributeKind.List => "a list",
        _ => "an object",
    };

    private static InstantComparisonNode CompareInstants(string op, ExpressionNode left, int leftAt, ExpressionNode right, int rightAt)
    {
        if (op is not ("=" or "!=" or "<" or "<=" or ">" or ">="))
        {
            throw new ExpressionException(left is InstantNode ? leftAt : rightAt, $"`{op}` takes no instant");
        }
        return left is InstantNode first && right is InstantNode second
            ? new InstantComparisonNode(op, first, second)
            : throw new ExpressionException(left is InstantNode ? rightAt : leftAt, "an instant compares with an instant alone: `now`, or time(...) of a text or path");
    }

    private static void Check(string op, AttributeKind? left, int leftAt, AttributeKind? right, int rightAt)
    {
        switch (op)
        {
            case "=" or "!=":
                return;
            case "in" or "not in":
                Need(op, right, rightAt, "a list", AttributeKind.List);
                return;
            case "contains":
                Need(op, left, leftAt, "a list or a string before it", AttributeKind.List, AttributeKind.String);
                if (left == AttributeKind.String)
                {
                    Need(op, right, rightAt, "a string after a string", AttributeKind.String);
                }
                return;
            case "starts_with" or "ends_with":
                Need(op, left, leftAt, "a string", AttributeKind.String);
                Need(op, right, rightAt, "a string", AttributeKind.String);
                return;
            default:
                Need(op, left, leftAt, "numbers or strings", AttributeKind.Number, AttributeKind.String);
                Need(op, right, rightAt, "numbers or strings", AttributeKind.Number, AttributeKind.String);
                if (left is { } a && right is { } b && a != b)
                {
                    throw new ExpressionException(rightAt, $"{Describe(a)} and {Describe(b)} have no order");
                }
                return;
        }
    }

    private static void Need(string op, AttributeKind? kind, int at, string wanted, params ReadOnlySpan<AttributeKind> kinds)
    {
        if (kind is { } known && !kinds.Contains(known))
        {
            throw new ExpressionException(at, $"`{op}` needs {wanted}, not {Describe(known)}");
        }
    }

    private static Truth EndsWith(AttributeValue actual, AttributeValue expected) =>
        actual.Kind != AttributeKind.String || expected.Kind != AttributeKind.String ? Truth.Error
        : actual.AsString.EndsWith(expected.AsString, StringComparison.Ordinal) ? Truth.True : Truth.False;
}
