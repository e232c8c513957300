using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies.Expressions;
using AuthzCluster.Domain.Policies.IpRanges;
using AuthzCluster.Domain.Policies.JsonLogic;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Policies.TimeRanges;

namespace AuthzCluster.Domain.Policies;

/// <summary>What a condition must be like before it is stored. Bounds keep a hostile one from stalling a node.</summary>
public static class ConditionRules
{
    private const int MostConditions = 64, MostDepth = 8, MostListItems = 1000, LongestString = 4096, LongestParams = 16 * 1024;

    /// <summary>Checks several, those of the host among them; their places are <c>PATH[0]</c>, <c>PATH[1]</c>, and so on.</summary>
    public static void Validate(IReadOnlyList<Condition> conditions, string path, List<FieldError> errors, CustomConditions? custom = null)
    {
        if (conditions.Count > MostConditions)
        {
            errors.Add(new(path, $"at most {MostConditions} conditions, not {conditions.Count}"));
            return;
        }
        for (var i = 0; i < conditions.Count; i++)
        {
            Validate(conditions[i], $"{path}[{i}]", errors, custom);
        }
    }

    /// <summary>Checks one, and what is within it.</summary>
    public static void Validate(Condition condition, string path, List<FieldError> errors, CustomConditions? custom = null)
    {
        AttributeRules.Check(condition.Params, $"{path}.params", LongestParams, errors);
        Validate(condition, path, errors, custom ?? CustomConditions.None, 1);
    }

    private static void Validate(Condition condition, string path, List<FieldError> errors, CustomConditions custom, int depth)
    {
        if (depth > MostDepth)
        {
            errors.Add(new(path, $"conditions nest at most {MostDepth} deep"));
            return;
        }
        switch (condition.Type)
        {
            case ConditionKinds.AttributeMatch:
                ValidateAttributeMatch(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.ResourceOwner:
                RefuseOthers(condition.Params, [], $"{path}.params", errors);
                break;
            case ConditionKinds.TimeRange:
                TimeRange.Validate(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.IpRange:
                IpRange.Validate(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.Expression:
                RefuseOthers(condition.Params, [Expression.Text], $"{path}.params", errors);
                Expression.Validate(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.JsonLogic:
                JsonLogicCondition.Validate(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.Opa:
                OutsideCondition.Validate(condition.Params, $"{path}.params", errors);
                break;
            case ConditionKinds.Custom:
                CustomCondition.Validate(condition.Params, custom, $"{path}.params", errors);
                break;
            case ConditionKinds.All or ConditionKinds.Any:
                RefuseOthers(condition.Params, ["conditions"], $"{path}.params", errors);
                ValidateChildren(condition.Params, $"{path}.params.conditions", errors, custom, depth);
                break;
            case ConditionKinds.Not:
                RefuseOthers(condition.Params, ["condition"], $"{path}.params", errors);
                ValidateChild(condition.Params.TryGet("condition", out var child) ? child : default, $"{path}.params.condition", errors, custom, depth);
                break;
            default:
                errors.Add(new($"{path}.type", $"`{condition.Type}` is no known kind of condition"));
                break;
        }
    }

    private static void ValidateChildren(AttributeBag parameters, string path, List<FieldError> errors, CustomConditions custom, int depth)
    {
        if (!parameters.TryGet("conditions", out var list) || list.Kind != AttributeKind.List || list.AsList.Count is 0 or > MostConditions)
        {
            errors.Add(new(path, $"must be a list of 1 to {MostConditions} conditions"));
            return;
        }
        for (var i = 0; i < list.AsList.Count; i++)
        {
            ValidateChild(list.AsList[i], $"{path}[{i}]", errors, custom, depth);
        }
    }

    private static void ValidateChild(AttributeValue value, string path, List<FieldError> errors, CustomConditions custom, int depth)
    {
        if (ConditionCompiler.TryReadNested(value) is { } nested)
        {
            Validate(nested, path, errors, custom, depth + 1);
            return;
        }
        errors.Add(new(path, "must be a condition: an object with a type and, where the kind needs them, params"));
    }

    private static void ValidateAttributeMatch(AttributeBag parameters, string path, List<FieldError> errors)
    {
        RefuseOthers(parameters, ["attribute", "operator", "expected"], path, errors);
        if (!TryGetString(parameters, "attribute", out var attribute) || AttributePath.Parse(attribute) is null)
        {
            errors.Add(new($"{path}.attribute", "must be a dotted path such as resource.region"));
        }
        var name = parameters.TryGet("operator", out var value) ? value.Kind == AttributeKind.String ? value.AsString : null : AttributeOperator.Equal;
        if (name is null || !AttributeOperator.Names.Contains(name))
        {
            errors.Add(new($"{path}.operator", $"must be one of {string.Join(", ", AttributeOperator.Names)}"));
            return;
        }
        var hasExpected = parameters.TryGet("expected", out var expected);
        if (hasExpected == (name == AttributeOperator.Exists))
        {
            errors.Add(new($"{path}.expected", hasExpected ? "exists takes none" : $"{name} needs one"));
        }
        else if (hasExpected)
        {
            ValidateExpected(name, expected, $"{path}.expected", errors);
        }
    }

    private static void ValidateExpected(string name, AttributeValue expected, string path, List<FieldError> errors)
    {
        if (ConditionCompiler.IsReference(expected, out var reference))
        {
            if (AttributePath.Parse(reference) is null)
            {
                errors.Add(new($"{path}.attribute", "must be a dotted path such as subject.region"));
            }
        }
        else if (name is AttributeOperator.In or AttributeOperator.NotIn && expected.Kind != AttributeKind.List)
        {
            errors.Add(new(path, $"{name} needs a list"));
        }
        else if (expected.Kind == AttributeKind.List && expected.AsList.Count > MostListItems)
        {
            errors.Add(new(path, $"at most {MostListItems} items"));
        }
        else if (expected.Kind == AttributeKind.String && expected.AsString.Length > LongestString)
        {
            errors.Add(new(path, $"at most {LongestString} characters"));
        }
    }

    internal static void RefuseOthers(AttributeBag parameters, ReadOnlySpan<string> known, string path, List<FieldError> errors)
    {
        foreach (var (name, _) in parameters)
        {
            if (!known.Contains(name))
            {
                errors.Add(new($"{path}.{name}", "is not known here"));
            }
        }
    }

    private static bool TryGetString(AttributeBag parameters, string name, out string text)
    {
        var found = parameters.TryGet(name, out var value) && value.Kind == AttributeKind.String;
        text = found ? value.AsString : "";
        return found;
    }
}
