using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

public class CustomConditionTests
{
    private static readonly CustomConditions Known = new([new Quota(), new Broken()]);
    private static readonly long Now = new DateTime(2026, 7, 1, 8, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData(3, Truth.True)]
    [InlineData(30, Truth.False)]
    [InlineData(null, Truth.Error)]
    public void Evaluate_Registered_SaysWhatItSays(int? used, Truth expected) =>
        Assert.Equal(expected, Compile(Of("quota", Limit(10))).Evaluate(Question(used), Now));

    [Theory]
    [InlineData("all")]
    [InlineData("any")]
    [InlineData("not")]
    public void Evaluate_WithinAnother_IsFound(string kind)
    {
        var nested = AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of("custom")), ("params", AttributeValue.Of(Of("quota", Limit(10)).Params))));
        var condition = new Condition(kind, kind == "not" ? AttributeBag.Of(("condition", nested)) : AttributeBag.Of(("conditions", AttributeValue.Of([nested]))));
        Assert.Empty(Errors(condition));
        Assert.Equal(kind == "not" ? Truth.False : Truth.True, Compile(condition).Evaluate(Question(3), Now));
    }

    [Fact]
    public void Evaluate_NotRegisteredOrThrowing_IsAnError()
    {
        Assert.Equal(Truth.Error, Compile(Of("nobody", Limit(10))).Evaluate(Question(3), Now));
        Assert.Equal(Truth.Error, Compile(Of("broken", AttributeBag.Empty)).Evaluate(Question(3), Now));
        Assert.Equal(Truth.Error, Compile(Of("broken", Limit(1))).Evaluate(Question(3), Now));
        Assert.Equal(Truth.Error, ConditionCompiler.Compile(Of("quota", Limit(10))).Evaluate(Question(3), Now));
    }

    [Fact]
    public void ChangesAfter_AsItSaysOrElseAtOnce()
    {
        Assert.Equal(CompiledCondition.Never, Compile(Of("quota", Limit(10))).ChangesAfter(Now));
        Assert.Equal(Now, Compile(Of("broken", AttributeBag.Empty)).ChangesAfter(Now));
    }

    [Fact]
    public void Validate_PointsAtWhatIsWrong()
    {
        Assert.Empty(Errors(Of("quota", Limit(10))));
        Assert.Equal("conditions[0].params.params.limit", Assert.Single(Errors(Of("quota", AttributeBag.Empty))).Field);
        Assert.Equal("conditions[0].params.name", Assert.Single(Errors(Of("nobody", Limit(10)))).Field);
        Assert.Equal("conditions[0].params.name", Assert.Single(Errors(new Condition("custom", AttributeBag.Empty))).Field);
        Assert.Equal("conditions[0].params.params", Assert.Single(Errors(new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("quota")), ("params", AttributeValue.Of(true)))))).Field);
        Assert.Equal("conditions[0].params.limit", Errors(new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("quota")), ("limit", AttributeValue.Of(1m)))))[0].Field);
        Assert.Contains("out of order", Assert.Single(Errors(Of("broken", Limit(1)))).Message, StringComparison.Ordinal);
        var errors = new List<FieldError>();
        ConditionRules.Validate([Of("quota", Limit(10))], "conditions", errors);
        Assert.Equal("conditions[0].params.name", Assert.Single(errors).Field);
    }

    [Fact]
    public void Registry_OfTwoOfOneNameOrNone_IsRefused()
    {
        Assert.Contains("`quota`", Assert.Throws<ArgumentException>(() => new CustomConditions([new Quota(), new Quota()])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CustomConditions([new Broken { Name = " " }]));
    }

    private static CompiledCondition Compile(Condition condition) => ConditionCompiler.Compile(condition, Known);

    private static List<FieldError> Errors(Condition condition)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate([condition], "conditions", errors, Known);
        return errors;
    }

    private static Condition Of(string name, AttributeBag parameters) =>
        new("custom", AttributeBag.Of(("name", AttributeValue.Of(name)), ("params", AttributeValue.Of(parameters))));

    private static AttributeBag Limit(int limit) => AttributeBag.Of(("limit", AttributeValue.Of((decimal)limit)));

    private static AccessRequest Question(int? used) => Tenant.Ask("docs:read") with
    {
        Context = used is { } number ? AttributeBag.Of(("used", AttributeValue.Of((decimal)number))) : AttributeBag.Empty,
    };

    private sealed class Quota : ICustomCondition
    {
        public string Name => "quota";

        public IReadOnlyList<FieldError> Validate(AttributeBag parameters) =>
            parameters.TryGet("limit", out var limit) && limit.Kind == AttributeKind.Number ? [] : [new FieldError("limit", "must be a number")];

        public Func<AccessRequest, DateTimeOffset, bool?> Compile(AttributeBag parameters)
        {
            parameters.TryGet("limit", out var limit);
            return (request, _) => request.Context.TryGet("used", out var used) && used.TryGetDecimal(out var number) && limit.TryGetDecimal(out var most) ? number <= most : null;
        }

        public DateTimeOffset? ChangesAfter(AttributeBag parameters, DateTimeOffset now) => null;
    }

    private sealed class Broken : ICustomCondition
    {
        public string Name { get; init; } = "broken";

        public IReadOnlyList<FieldError> Validate(AttributeBag parameters) => throw new InvalidOperationException("out of order");

        public Func<AccessRequest, DateTimeOffset, bool?> Compile(AttributeBag parameters) =>
            parameters.Count > 0 ? throw new InvalidOperationException("out of order") : (_, _) => throw new InvalidOperationException("out of order");
    }
}
