using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>The kind <c>expression {text}</c>.</summary>
internal static class Expression
{
    /// <summary>Its one parameter.</summary>
    public const string Text = "text";

    private const int LongestText = 4096;

    /// <summary>Adds what is wrong with the text.</summary>
    public static void Validate(AttributeBag parameters, string path, List<FieldError> errors)
    {
        if (Parse(parameters, out var problem) is null)
        {
            errors.Add(new($"{path}.{Text}", problem));
        }
    }

    /// <summary>Makes it ready to be evaluated.</summary>
    public static CompiledCondition Compile(AttributeBag parameters) => Parse(parameters, out _) is not { } node ? CompiledCondition.Malformed
        : new CompiledCondition(node.Evaluate, node.DependsOnTime ? node.ChangesAfter : null);

    private static ConditionNode? Parse(AttributeBag parameters, out string problem)
    {
        problem = !parameters.TryGet(Text, out var text) || text.Kind != AttributeKind.String ? "must be a text such as subject.level >= 3"
            : TextRules.TextProblem(text.AsString, LongestText) ?? "";
        if (problem.Length > 0)
        {
            return null;
        }
        try
        {
            return ExpressionParser.Parse(text.AsString);
        }
        catch (ExpressionException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }
}
