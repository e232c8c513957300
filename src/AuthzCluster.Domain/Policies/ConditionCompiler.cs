using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies.Expressions;
using AuthzCluster.Domain.Policies.IpRanges;
using AuthzCluster.Domain.Policies.JsonLogic;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Policies.TimeRanges;

namespace AuthzCluster.Domain.Policies;

/// <summary>Makes conditions ready to be evaluated. One that breaks <see cref="ConditionRules"/> compiles to an error, never to nothing.</summary>
internal static class ConditionCompiler
{
    private static readonly CompiledCondition IsOwner = new((request, _) => Ownership.IsOwner(request) ? Truth.True : Truth.False);

    /// <summary>Compiles several; no conditions compile to a shared empty array.</summary>
    public static CompiledCondition[] Compile(IReadOnlyList<Condition> conditions, CustomConditions custom) =>
        conditions.Count == 0 ? [] : [.. conditions.Select(condition => Compile(condition, custom))];

    /// <summary>Compiles one.</summary>
    public static CompiledCondition Compile(Condition condition, CustomConditions? custom = null) => condition.Type switch
    {
        ConditionKinds.AttributeMatch => AttributeMatch(condition.Params),
        ConditionKinds.ResourceOwner => IsOwner,
        ConditionKinds.TimeRange => TimeRange.Compile(condition.Params),
        ConditionKinds.IpRange => IpRange.Compile(condition.Params),
        ConditionKinds.Expression => Expression.Compile(condition.Params),
        ConditionKinds.JsonLogic => JsonLogicCondition.Compile(condition.Params),
        ConditionKinds.Opa => OutsideCondition.Compile(condition.Params),
        ConditionKinds.Custom => CustomCondition.Compile(condition.Params, custom ?? CustomConditions.None),
        ConditionKinds.All when Children(condition.Params, custom) is { } all => CompiledCondition.Of(all, (request, now) => Truths.All(all, request, now)),
        ConditionKinds.Any when Children(condition.Params, custom) is { } any => CompiledCondition.Of(any, (request, now) => Truths.Any(any, request, now)),
        ConditionKinds.Not when Child(condition.Params, custom) is { } child => CompiledCondition.Of([child], (request, now) => Truths.Not(child.Evaluate(request, now))),
        _ => CompiledCondition.Malformed,
    };

    /// <summary>Whether an expected value stands for another attribute: <c>{"attribute": PATH}</c>.</summary>
    public static bool IsReference(AttributeValue expected, out string path)
    {
        path = "";
        if (expected.Kind != AttributeKind.Object || expected.AsObject.Count != 1
            || !expected.AsObject.TryGet("attribute", out var attribute) || attribute.Kind != AttributeKind.String)
        {
            return false;
        }
        path = attribute.AsString;
        return true;
    }

    /// <summary>A condition within another's params; null where the value is none.</summary>
    public static Condition? TryReadNested(AttributeValue value)
    {
        if (value.Kind != AttributeKind.Object || !value.AsObject.TryGet("type", out var type) || type.Kind != AttributeKind.String)
        {
            return null;
        }
        var hasParams = value.AsObject.TryGet("params", out var parameters);
        var known = value.AsObject.Count == (hasParams ? 2 : 1) && (!hasParams || parameters.Kind == AttributeKind.Object);
        return known ? new Condition(type.AsString, hasParams ? parameters.AsObject : AttributeBag.Empty) : null;
    }

    private static CompiledCondition AttributeMatch(AttributeBag parameters)
    {
        if (!parameters.TryGet("attribute", out var attribute) || attribute.Kind != AttributeKind.String
            || AttributePath.Parse(attribute.AsString) is not { } path)
        {
            return CompiledCondition.Malformed;
        }
        var name = parameters.TryGet("operator", out var op) && op.Kind == AttributeKind.String ? op.AsString : AttributeOperator.Equal;
        if (name == AttributeOperator.Exists)
        {
            return new((request, now) => path.TryGet(request, out var value) ? Truth.True : Truth.False);
        }
        if (!AttributeOperator.Names.Contains(name) || !parameters.TryGet("expected", out var expected))
        {
            return CompiledCondition.Malformed;
        }
        var compare = AttributeOperator.Named(name);
        var ofAbsent = AttributeOperator.HoldsOfAbsent(name) ? Truth.True : Truth.False;
        if (!IsReference(expected, out var reference))
        {
            return new((request, _) => path.TryGet(request, out var actual) ? compare(actual, expected) : ofAbsent);
        }
        return AttributePath.Parse(reference) is not { } other
            ? CompiledCondition.Malformed
            : new((request, _) => path.TryGet(request, out var actual) && other.TryGet(request, out var wanted) ? compare(actual, wanted) : ofAbsent);
    }

    private static CompiledCondition[]? Children(AttributeBag parameters, CustomConditions? custom) =>
        parameters.TryGet("conditions", out var list) && list.Kind == AttributeKind.List
            ? [.. list.AsList.Select(item => TryReadNested(item) is { } nested ? Compile(nested, custom) : CompiledCondition.Malformed)]
            : null;

    private static CompiledCondition? Child(AttributeBag parameters, CustomConditions? custom) =>
        parameters.TryGet("condition", out var value) && TryReadNested(value) is { } nested ? Compile(nested, custom) : null;
}
