using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The condition <c>json_logic {rule}</c>: it holds where what the rule comes to is truthy.</summary>
internal static class JsonLogicCondition
{
    private const string Rule = "rule";

    /// <summary>Checks what is written.</summary>
    public static void Validate(AttributeBag parameters, string path, List<FieldError> errors)
    {
        foreach (var (name, _) in parameters)
        {
            if (name != Rule)
            {
                errors.Add(new($"{path}.{name}", "is not known here"));
            }
        }
        if (!parameters.TryGet(Rule, out var rule))
        {
            errors.Add(new($"{path}.{Rule}", "must be a JSON Logic rule"));
            return;
        }
        LogicRules.Read(rule, $"{path}.{Rule}", errors);
    }

    /// <summary>Makes it ready to be evaluated.</summary>
    public static CompiledCondition Compile(AttributeBag parameters) =>
        parameters.TryGet(Rule, out var rule) && LogicRules.Read(rule, Rule, []) is { } node
            ? new((request, _) => Truth(node, LogicRun.Over(request)))
            : CompiledCondition.Malformed;

    private static Truth Truth(LogicNode node, LogicRun run)
    {
        var value = node.Evaluate(ref run);
        return run.Failed ? Policies.Truth.Error : LogicValues.IsTruthy(value) ? Policies.Truth.True : Policies.Truth.False;
    }
}
