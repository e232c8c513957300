using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies;

/// <summary>The operators of <c>attribute_match</c> over two values that are there.</summary>
internal static class AttributeOperator
{
    public const string Equal = "eq", NotEqual = "neq", In = "in", NotIn = "not_in", Exists = "exists";

    /// <summary>All names.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        Equal, NotEqual, In, NotIn, "gt", "gte", "lt", "lte", "contains", "starts_with", Exists,
    };

    /// <summary>Whether the operator holds of an absent attribute.</summary>
    public static bool HoldsOfAbsent(string name) => name is NotEqual or NotIn;

    /// <summary>The operator by its name.</summary>
    public static Func<AttributeValue, AttributeValue, Truth> Named(string name) => name switch
    {
        Equal => (actual, expected) => Of(actual == expected),
        NotEqual => (actual, expected) => Of(actual != expected),
        In => (actual, expected) => IsIn(actual, expected),
        NotIn => (actual, expected) => Truths.Not(IsIn(actual, expected)),
        "gt" => (actual, expected) => Ordered(actual, expected, order => order > 0),
        "gte" => (actual, expected) => Ordered(actual, expected, order => order >= 0),
        "lt" => (actual, expected) => Ordered(actual, expected, order => order < 0),
        "lte" => (actual, expected) => Ordered(actual, expected, order => order <= 0),
        "contains" => Contains,
        "starts_with" => StartsWith,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no operator of two values"),
    };

    private static Truth IsIn(AttributeValue actual, AttributeValue expected) =>
        expected.Kind == AttributeKind.List ? Of(expected.AsList.Contains(actual)) : Truth.Error;

    private static Truth Ordered(AttributeValue actual, AttributeValue expected, Func<int, bool> holds) =>
        actual.CompareTo(expected) is { } order ? Of(holds(order)) : Truth.Error;

    private static Truth Contains(AttributeValue actual, AttributeValue expected) => (actual.Kind, expected.Kind) switch
    {
        (AttributeKind.List, _) => Of(actual.AsList.Contains(expected)),
        (AttributeKind.String, AttributeKind.String) => Of(actual.AsString.Contains(expected.AsString, StringComparison.Ordinal)),
        _ => Truth.Error,
    };

    private static Truth StartsWith(AttributeValue actual, AttributeValue expected) =>
        actual.Kind == AttributeKind.String && expected.Kind == AttributeKind.String
            ? Of(actual.AsString.StartsWith(expected.AsString, StringComparison.Ordinal))
            : Truth.Error;

    private static Truth Of(bool holds) => holds ? Truth.True : Truth.False;
}
