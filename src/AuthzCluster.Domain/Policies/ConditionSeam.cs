using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies;

/// <summary>What the editors ask of conditions that are to be stored.</summary>
internal static class ConditionSeam
{
    private const int MostConditions = 32, LongestParams = 16 * 1024;

    public static void Check(IReadOnlyList<Condition> conditions, string path, List<FieldError> errors)
    {
        if (conditions.Count > MostConditions)
        {
            errors.Add(new FieldError(path, $"must be at most {MostConditions}"));
            return;
        }
        for (var i = 0; i < conditions.Count; i++)
        {
            if (TextRules.TypeProblem(conditions[i].Type) is { } problem)
            {
                errors.Add(new FieldError($"{path}[{i}].type", problem));
            }
            AttributeRules.Check(conditions[i].Params, $"{path}[{i}].params", LongestParams, errors);
        }
    }
}
