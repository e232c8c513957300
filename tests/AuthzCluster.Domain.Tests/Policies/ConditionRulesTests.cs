using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using static AuthzCluster.Domain.Attributes.AttributeValue;

namespace AuthzCluster.Domain.Tests.Policies;

public class ConditionRulesTests
{
    private static readonly Condition Good = new("attribute_match", AttributeBag.Of(("attribute", Of("region")), ("expected", Of("eu"))));

    [Fact]
    public void Validate_KnownKinds_HaveNoErrors()
    {
        Assert.Empty(Errors(Good));
        Assert.Empty(Errors(new Condition("resource_owner", AttributeBag.Empty)));
        Assert.Empty(Errors(new Condition("not", AttributeBag.Of(("condition", Nested(Good))))));
        Assert.Empty(Errors(new Condition("any", AttributeBag.Of(("conditions", Of([Nested(Good), Nested(Good)]))))));
    }

    [Theory]
    [InlineData("nonsense", "conditions[0].type")]
    [InlineData("all", "conditions[0].params.conditions")]
    [InlineData("not", "conditions[0].params.condition")]
    [InlineData("attribute_match", "conditions[0].params.attribute")]
    public void Validate_WhatIsMissing_IsNamedWithItsPlace(string type, string place) =>
        Assert.Contains(Errors(new Condition(type, AttributeBag.Empty)), error => error.Field == place);

    [Fact]
    public void Validate_AttributeMatch_NamesEachBadPart()
    {
        Assert.Equal("conditions[0].params.operator", Single(("attribute", Of("a")), ("operator", Of("like")), ("expected", Of("x"))));
        Assert.Equal("conditions[0].params.expected", Single(("attribute", Of("a")), ("operator", Of("exists")), ("expected", Of("x"))));
        Assert.Equal("conditions[0].params.expected", Single(("attribute", Of("a")), ("operator", Of("gt"))));
        Assert.Equal("conditions[0].params.expected", Single(("attribute", Of("a")), ("operator", Of("in")), ("expected", Of("x"))));
        Assert.Equal("conditions[0].params.attribute", Single(("attribute", Of("a..b")), ("expected", Of("x"))));
        Assert.Equal("conditions[0].params.expected.attribute", Single(("attribute", Of("a")), ("expected", Of(AttributeBag.Of(("attribute", Of("b.")))))));
        Assert.Equal("conditions[0].params.typo", Single(("attribute", Of("a")), ("expected", Of("x")), ("typo", Of("y"))));
    }

    [Fact]
    public void Validate_Nesting_IsBounded()
    {
        var condition = Good;
        for (var i = 0; i < 20; i++)
        {
            condition = new Condition("not", AttributeBag.Of(("condition", Nested(condition))));
        }
        Assert.Contains(Errors(condition), error => error.Message.Contains("deep", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    public void Validate_EightDeep_IsTheMost(int nested, int errors) => Assert.Equal(errors, Errors(Enumerable.Range(0, nested).Aggregate(
        Good, (inner, _) => new Condition("not", AttributeBag.Of(("condition", Nested(inner)))))).Count);

    [Fact]
    public void Validate_SixtyFour_AreAllowed() => Assert.Empty(Errors([.. Enumerable.Repeat(Good, 64)]));

    [Fact]
    public void Validate_TooMany_IsRefused() => Assert.Single(Errors([.. Enumerable.Repeat(Good, 65)]));

    private static string Single(params (string, AttributeValue)[] parameters) =>
        Assert.Single(Errors(new Condition("attribute_match", AttributeBag.Of(parameters)))).Field;

    private static List<FieldError> Errors(params Condition[] conditions)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate(conditions, "conditions", errors);
        return errors;
    }

    private static AttributeValue Nested(Condition condition) =>
        Of(AttributeBag.Of(("type", Of(condition.Type)), ("params", Of(condition.Params))));
}
