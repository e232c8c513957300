using AuthzCluster.Client.Orleans.Calls;
using Written = AuthzCluster.Domain.Policies.Condition;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Conditions.</summary>
internal static class Conditions
{
    public static IReadOnlyList<Written> Read(IReadOnlyList<Condition> conditions, string field) =>
        [.. conditions.Select((condition, i) => new Written(
            condition.Type ?? throw Failures.Invalid($"{field}[{i}].type", "is missing"), Attributes.Read(condition.Params, $"{field}[{i}].params")))];

    public static IReadOnlyList<Condition> Write(IEnumerable<Written> conditions) =>
        [.. conditions.Select(condition => new Condition(condition.Type, Attributes.Write(condition.Params)))];
}
