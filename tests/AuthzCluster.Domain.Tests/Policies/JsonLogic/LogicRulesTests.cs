using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>What a rule must be like before it is stored.</summary>
public class LogicRulesTests
{
    private const string Place = "conditions[0].params.rule";

    [Theory]
    [InlineData("{'matches': ['a', 'b']}", ".matches", "is no known operator")]
    [InlineData("{'and': [true, {'Var': 'x'}]}", ".and[1].Var", "is no known operator")]
    [InlineData("{'!': {'!': {'x': 1}}}", ".!.!.x", "is no known operator")]
    [InlineData("{'if': [true, [1, {}]]}", ".if[1][1]", "must be an operator and its arguments: an object of one member")]
    [InlineData("{'==': [1, 1], '!': true}", "", "must be an operator and its arguments: an object of one member")]
    [InlineData("{'==': [1]}", ".==", "takes 2 arguments, not 1")]
    [InlineData("{'>': [3, 2, 1]}", ".>", "takes 2 arguments, not 3")]
    [InlineData("{'<': 1}", ".<", "takes 2 to 3 arguments, not 1")]
    [InlineData("{'!': [1, 2]}", ".!", "takes one argument, not 2")]
    [InlineData("{'and': []}", ".and", "takes at least 1 arguments, not 0")]
    [InlineData("{'var': [['a']]}", ".var", "needs a dotted path of at most 512 characters")]
    public void Validate_WhatIsWrong_IsNamedWithItsPlace(string rule, string place, string message) =>
        Assert.Equal([new FieldError(Place + place, message)], Errors(("rule", Logic.Value(rule))));

    [Fact]
    public void Validate_Params_AreARuleAlone()
    {
        Assert.Equal(Place, Assert.Single(Errors()).Field);
        Assert.Equal("conditions[0].params.data", Assert.Single(Errors(("rule", AttributeValue.Of(true)), ("data", AttributeValue.Null))).Field);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(5000, false)]
    public void Validate_Depth_IsBounded(int depth, bool isGood) => Judge(Nested(depth), isGood);

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public void Validate_Values_AreAtMostAThousand(int items, bool isGood) =>
        Judge(Call("in", AttributeValue.Of(1m), AttributeValue.Of([.. Enumerable.Repeat(AttributeValue.Of(1m), items - 1)])), isGood);

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Validate_Text_IsBounded(int length, bool isGood) => Judge(Call("!", AttributeValue.Of(new string('x', length))), isGood);

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Validate_Paths_AreBounded(int length, bool isGood) => Judge(Call("var", AttributeValue.Of(new string('x', length))), isGood);

    [Fact]
    public void Validate_AMebibyte_IsRefused() => Judge(AttributeValue.Of(Enumerable.Repeat(AttributeValue.Of(new string('x', 1024)), 1024).ToArray()), isGood: false);

    [Fact]
    public void Compile_WhatIsRefused_IsAnError()
    {
        foreach (var rule in new[] { Logic.Value("{'matches': 1}"), Logic.Value("{}"), Nested(5000) })
        {
            Assert.Equal(Truth.Error, ConditionCompiler.Compile(Condition(("rule", rule))).Evaluate(JsonLogicConditionTests.Question, 0));
        }
        Assert.Equal(Truth.Error, ConditionCompiler.Compile(Condition()).Evaluate(JsonLogicConditionTests.Question, 0));
    }

    private static void Judge(AttributeValue rule, bool isGood)
    {
        Assert.Equal(isGood, Errors(("rule", rule)).Count == 0);
        var compiled = ConditionCompiler.Compile(Condition(("rule", rule)));
        Assert.True(!isGood || !ReferenceEquals(compiled, CompiledCondition.Malformed));
    }

    private static AttributeValue Nested(int depth) => Enumerable.Range(1, depth - 1).Aggregate(AttributeValue.Of(true), (inner, _) => Call("!", inner));

    private static AttributeValue Call(string name, params AttributeValue[] arguments) =>
        AttributeValue.Of(AttributeBag.Of((name, arguments.Length == 1 ? arguments[0] : AttributeValue.Of(arguments))));

    private static List<FieldError> Errors(params (string, AttributeValue)[] parameters)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate([Condition(parameters)], "conditions", errors);
        return errors;
    }

    private static Condition Condition(params (string, AttributeValue)[] parameters) => new("json_logic", AttributeBag.Of(parameters));
}
