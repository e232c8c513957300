using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies;

/// <summary>Conditions that are to be stored: good ones, of bounded size, and of text that can be written and read back.</summary>
internal static class StoredConditions
{
    private const int LongestParams = 256 * 1024;

    public static void Check(IReadOnlyList<Condition> conditions, string path, List<FieldError> errors, CustomConditions custom)
    {
        var before = errors.Count;
        ConditionRules.Validate(conditions, path, errors, custom);
        for (var i = 0; i < conditions.Count && errors.Count == before; i++)
        {
            AttributeRules.Check(conditions[i].Params, $"{path}[{i}].params", LongestParams, errors);
        }
    }
}
