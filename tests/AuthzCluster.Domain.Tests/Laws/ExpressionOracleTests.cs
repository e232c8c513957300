using System.Globalization;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>Generated expressions come to what the oracle says, and do not change before they say so.</summary>
public class ExpressionOracleTests
{
    private const int Expressions = 20_000, QuestionsEach = 5;

    [Fact]
    public void Evaluate_GeneratedExpressions_AgreesWithTheOracle()
    {
        var seen = new int[3];
        ForEach((text, condition, request, now) =>
        {
            var expected = new OracleConditions(request, OraclePermission.Read(request.Permission.ToString())!).All([Written(text)], now) switch
            {
                true => Truth.True,
                false => Truth.False,
                null => Truth.Error,
            };
            Assert.True(expected == condition.Evaluate(request, now.UtcTicks), $"{text}\nexpected {expected} at {now:O} of {Show(request)}");
            seen[(int)expected]++;
        });
        Assert.All(seen, count => Assert.True(count > Expressions * QuestionsEach / 20, string.Join(' ', seen)));
    }

    [Fact]
    public void ChangesAfter_GeneratedExpressions_NeverChangeBefore() => ForEach((text, condition, request, now) =>
    {
        var until = condition.ChangesAfter(now.UtcTicks);
        Assert.True(until >= now.UtcTicks, text);
        var last = Math.Min(until, now.AddDays(8).UtcTicks) - 1;
        for (var at = now.UtcTicks; at < last; at += Math.Max(1, (last - at) / 7))
        {
            Assert.True(condition.Evaluate(request, at) == condition.Evaluate(request, now.UtcTicks), $"{text}\nchanges at {at - now.UtcTicks} after {now:O}");
        }
        Assert.True(condition.DependsOnTime || !text.Contains("now", StringComparison.Ordinal), text);
    });

    private static void ForEach(Action<string, CompiledCondition, AccessRequest, DateTimeOffset> check)
    {
        for (var seed = 0; seed < Expressions; seed++)
        {
            var dice = new Dice(seed);
            var text = new ExpressionGenerator(dice, isForeseen: false).Next();
            var errors = new List<FieldError>();
            ConditionRules.Validate(Written(text), "c", errors);
            Assert.True(errors.Count == 0, $"{text}\n{errors.FirstOrDefault()}");
            var condition = ConditionCompiler.Compile(Written(text));
            var questions = new RequestGenerator(dice);
            for (var i = 0; i < QuestionsEach; i++)
            {
                var (request, at) = questions.Next();
                var when = dice.Chance(20) ? Alphabet.Text("noon") : Alphabet.Text(Alphabet.Instant(dice).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
                check(text, condition, dice.Chance(20) ? request : request with { Context = request.Context.With(AttributeBag.Of(("when", when))) }, at);
            }
        }
    }

    private static Condition Written(string text) => new("expression", AttributeBag.Of(("text", AttributeValue.Of(text))));

    private static string Show(AccessRequest request) => string.Join("; ", new[] { request.SubjectProperties, request.ResourceProperties, request.Context }
        .Select(bag => string.Join(", ", bag.Select(pair => pair.Key))));
}
