using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Expressions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Tells what conditions came to and what they saw. Apart from their evaluation, which must not pay for it.</summary>
internal static class ConditionExplainer
{
    private const string Now = "now", Address = "context.ip_address", Owner = "resource.owner_id", Subject = "subject.id", Variable = "var", Missing = "missing", MissingSome = "missing_some";

    // Of a rule that names ever so many.
    private const int MostSeen = 100;

    /// <summary>Tells of one.</summary>
    /// <param name="condition">As it was written.</param>
    /// <param name="compiled">The same, ready to be evaluated.</param>
    /// <param name="request">The question.</param>
    /// <param name="now">The instant, in UTC ticks.</param>
    /// <param name="custom">The conditions that the host registered.</param>
    /// <param name="limit">How much is told in all.</param>
    public static ConditionStep Tell(Condition condition, CompiledCondition compiled, AccessRequest request, long now, CustomConditions custom, TellLimit limit) =>
        new(condition.Type, compiled.Evaluate(request, now))
        {
            Saw = See(PathsOf(condition).Distinct().Take(MostSeen).TakeWhile(_ => limit.Take()), request, now),
            Parts = [.. PartsOf(condition).TakeWhile(_ => limit.Take())
                .Select(part => Tell(part, ConditionCompiler.Compile(part, custom), request, now, custom, limit))],
        };

    private static AttributeBag See(IEnumerable<string> paths, AccessRequest request, long now) => AttributeBag.Of(paths.Select(path => KeyValuePair.Create(
        path, path == Now ? AttributeValue.Of(InstantText.Of(now))
        : AttributePath.Parse(path)?.TryGet(request, out var value) == true ? TellLimit.Cut(value) : AttributeValue.Null)));

    private static IEnumerable<Condition> PartsOf(Condition condition) => condition.Type switch
    {
        ConditionKinds.All or ConditionKinds.Any => Items(condition.Params, "conditions").Select(ConditionCompiler.TryReadNested).OfType<Condition>(),
        ConditionKinds.Not => condition.Params.TryGet("condition", out var child) && ConditionCompiler.TryReadNested(child) is { } nested ? [nested] : [],
        _ => [],
    };

    private static IEnumerable<string> PathsOf(Condition condition) => condition.Type switch
    {
        ConditionKinds.AttributeMatch => Texts(condition.Params, "attribute")
            .Concat(condition.Params.TryGet("expected", out var expected) && ConditionCompiler.IsReference(expected, out var other) ? [other] : []),
        ConditionKinds.ResourceOwner => [Owner, Subject],
        ConditionKinds.TimeRange => [Now],
        ConditionKinds.IpRange => [Address],
        ConditionKinds.Expression => Texts(condition.Params, Expression.Text).SelectMany(OfExpression),
        ConditionKinds.JsonLogic => condition.Params.TryGet("rule", out var rule) ? OfRule(rule) : [],
        _ => [],
    };

    private static IEnumerable<string> OfExpression(string text)
    {
        var (lexer, paths) = (new ExpressionLexer(text), new List<string>());
        try
        {
            var token = lexer.Next();
            while (token.Kind != ExpressionTokenKind.End)
            {
                var next = lexer.Next();
                if (token.Kind == ExpressionTokenKind.Quoted || token.Is(Now) || (token.Kind == ExpressionTokenKind.Name && !next.Is("(")))
                {
                    paths.Add(token.Text);
                }
                token = next;
            }
        }
        catch (ExpressionException)
        {
            // Of one that cannot be read, and so is an error, as far as it can.
        }
        return paths;
    }

    // A name that is reckoned cannot be told; one within a list's item is not the question's.
    private static IEnumerable<string> OfRule(AttributeValue rule) => rule.Kind switch
    {
        AttributeKind.List => rule.AsList.SelectMany(OfRule),
        AttributeKind.Object => rule.AsObject.SelectMany(call => call.Key switch
        {
            Variable => Names(call.Value).Take(1).Concat(OfRule(call.Value)),
            Missing => Names(call.Value),
            MissingSome => call.Value.Kind == AttributeKind.List ? call.Value.AsList.Skip(1).SelectMany(Names) : [],
            _ => OfRule(call.Value),
        }),
        _ => [],
    };

    private static IEnumerable<string> Names(AttributeValue value) =>
        (value.Kind == AttributeKind.List ? value.AsList : [value]).Where(name => name.Kind == AttributeKind.String).Select(name => name.AsString)
        .Where(name => name.Split('.')[0] is "subject" or "action" or "resource" or "context");

    private static IEnumerable<string> Texts(AttributeBag parameters, string name) =>
        parameters.TryGet(name, out var value) && value.Kind == AttributeKind.String ? [value.AsString] : [];

    private static IReadOnlyList<AttributeValue> Items(AttributeBag parameters, string name) =>
        parameters.TryGet(name, out var value) && value.Kind == AttributeKind.List ? value.AsList : [];
}
