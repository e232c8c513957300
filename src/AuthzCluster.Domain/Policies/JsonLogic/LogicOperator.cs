namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>An operator: how many arguments it takes, and what it does.</summary>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Function">What it does.</param>
internal sealed record LogicOperator(int Least, int Most, LogicFunction Function)
{
    /// <summary>All operators by name.</summary>
    public static readonly IReadOnlyDictionary<string, LogicOperator> Named = new Dictionary<string, LogicOperator>(StringComparer.Ordinal)
    {
        ["var"] = new(0, 2, LogicAccess.Variable),
        ["missing"] = new(0, Any, LogicAccess.Missing),
        ["missing_some"] = new(2, 2, LogicAccess.MissingSome),
        ["if"] = new(0, Any, LogicChoice.If),
        ["?:"] = new(0, Any, LogicChoice.If),
        ["and"] = new(1, Any, LogicChoice.And),
        ["or"] = new(1, Any, LogicChoice.Or),
        ["!"] = new(1, 1, LogicChoice.Not),
        ["!!"] = new(1, 1, LogicChoice.Truth),
        ["log"] = new(1, 1, LogicChoice.Log),
        ["=="] = new(2, 2, LogicComparison.Equal),
        ["==="] = new(2, 2, LogicComparison.StrictlyEqual),
        ["!="] = new(2, 2, LogicComparison.NotEqual),
        ["!=="] = new(2, 2, LogicComparison.StrictlyNotEqual),
        [">"] = new(2, 2, LogicComparison.Greater),
        [">="] = new(2, 2, LogicComparison.GreaterOrEqual),
        ["<"] = new(2, 3, LogicComparison.Less),
        ["<="] = new(2, 3, LogicComparison.LessOrEqual),
        ["max"] = new(1, Any, LogicArithmetic.Max),
        ["min"] = new(1, Any, LogicArithmetic.Min),
        ["+"] = new(0, Any, LogicArithmetic.Add),
        ["-"] = new(1, 2, LogicArithmetic.Subtract),
        ["*"] = new(1, Any, LogicArithmetic.Multiply),
        ["/"] = new(2, 2, LogicArithmetic.Divide),
        ["%"] = new(2, 2, LogicArithmetic.Remainder),
        ["map"] = new(2, 2, LogicIteration.Map),
        ["filter"] = new(2, 2, LogicIteration.Filter),
        ["reduce"] = new(2, 3, LogicIteration.Reduce),
        ["all"] = new(2, 2, LogicIteration.All),
        ["none"] = new(2, 2, LogicIteration.None),
        ["some"] = new(2, 2, LogicIteration.Some),
        ["merge"] = new(0, Any, LogicIteration.Merge),
        ["in"] = new(2, 2, LogicText.In),
        ["cat"] = new(0, Any, LogicText.Join),
        ["substr"] = new(2, 3, LogicText.Part),
    };

    private const int Any = int.MaxValue;
}
