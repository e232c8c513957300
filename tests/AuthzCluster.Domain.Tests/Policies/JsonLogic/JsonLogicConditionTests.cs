using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.JsonLogic;
using static AuthzCluster.Domain.Attributes.AttributeValue;

namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>Rules as conditions, over questions.</summary>
public class JsonLogicConditionTests
{
    private const int Rules = 20_000;

    internal static readonly AccessRequest Question = new()
    {
        Subject = SubjectId.User("alice"),
        Permission = new Permission("invoices", "read", PermissionScope.Any),
        ResourceId = "42",
        SubjectProperties = AttributeBag.Of(("level", Of(3m)), ("id", Of("not me"))),
        ResourceProperties = AttributeBag.Of(("owner_id", Of("alice")), ("tags", Of([Of("eu"), Of(7m)])), ("address", Of(AttributeBag.Of(("city", Of("Bern")))))),
        Context = AttributeBag.Of(("ip_address", Of("10.1.2.3")), ("properties", Of(AttributeBag.Of(("x", Of(1m)))))),
    };

    private static readonly string[] Values =
        ["null", "true", "0", "1", "-2.5", "1e30", "79228162514264337593543950335", "''", "'1'", "'a'", "[]", "[1, 'a']", "{'var': 'resource.tags'}", "{'var': ''}", "{'var': 'subject.level'}", "{'var': 'context'}"];

    [Theory]
    [InlineData("subject.id", "'alice'")]
    [InlineData("subject.properties.id", "'alice'")]
    [InlineData("subject.type", "'user'")]
    [InlineData("subject.level", "3")]
    [InlineData("subject.properties.level", "3")]
    [InlineData("subject.properties.properties", "null")]
    [InlineData("resource.type", "'invoices'")]
    [InlineData("resource.id", "'42'")]
    [InlineData("resource.owner_id", "'alice'")]
    [InlineData("resource.properties.owner_id", "'alice'")]
    [InlineData("resource.tags.1", "7")]
    [InlineData("resource.address.city", "'Bern'")]
    [InlineData("resource.properties.address", "{'city': 'Bern'}")]
    [InlineData("resource.", "null")]
    [InlineData("action.name", "'read'")]
    [InlineData("action", "{'name': 'read', 'properties': {'name': 'read'}}")]
    [InlineData("context.ip_address", "'10.1.2.3'")]
    [InlineData("context.properties.x", "1")]
    [InlineData("context.properties", "{'x': 1}")]
    [InlineData("ip_address", "null")]
    [InlineData("", "[]")]
    public void Var_OverAQuestion_FindsWhatItNames(string path, string expected)
    {
        var node = LogicRules.Read(Logic.Value($"{{'var': '{path}'}}"), "rule", [])!;
        var run = LogicRun.Over(Question);
        var found = node.Evaluate(ref run);
        Assert.False(run.Failed);
        if (path.Length > 0)
        {
            Assert.Equal(Logic.Value(expected), found);
        }
        // The short way and the whole of the data agree.
        Assert.Equal(found, Logic.Evaluate(Logic.Value($"{{'var': '{path}'}}"), LogicRun.Over(Question).Whole()));
    }

    [Theory]
    [InlineData("{'==': [{'var': 'resource.owner_id'}, {'var': 'subject.id'}]}", "True")]
    [InlineData("'0'", "True")]
    [InlineData("[0]", "True")]
    [InlineData("{'var': 'context'}", "True")]
    [InlineData("[]", "False")]
    [InlineData("0", "False")]
    [InlineData("''", "False")]
    [InlineData("null", "False")]
    [InlineData("{'var': 'resource.absent'}", "False")]
    [InlineData("{'/': [1, {'var': 'resource.absent'}]}", "Error")]
    [InlineData("{'map': [{'var': 'resource.tags'}, {'var': 'subject.id'}]}", "True")]
    public void Evaluate_Rules_ComeToATruth(string rule, string expected) => Assert.Equal(Enum.Parse<Truth>(expected), Evaluate(rule));

    [Fact]
    public void Evaluate_WithoutListsAndText_AllocatesNothing()
    {
        var condition = Compile("{'and': [{'==': [{'var': 'resource.owner_id'}, {'var': 'subject.id'}]}, {'>=': [{'var': 'subject.level'}, 3]}, "
            + "{'in': [{'var': 'action.name'}, ['read', 'list']]}, {'some': [{'var': 'resource.tags'}, {'==': [{'var': ''}, 'eu']}]}]}");
        Assert.Equal(Truth.True, condition.Evaluate(Question, 0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        condition.Evaluate(Question, 0);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Evaluate_AnyRule_AnswersOrIsRefused()
    {
        var truths = new HashSet<Truth>();
        for (var seed = 0; seed < Rules; seed++)
        {
            var condition = new Condition("json_logic", AttributeBag.Of(("rule", Logic.Value(Rule(new Random(seed), 4)))));
            var errors = new List<FieldError>();
            ConditionRules.Validate([condition], "conditions", errors);
            var compiled = ConditionCompiler.Compile(condition);
            Assert.Equal(errors.Count > 0, ReferenceEquals(compiled, CompiledCondition.Malformed));
            truths.Add(compiled.Evaluate(Question, 0));
        }
        Assert.Equal(3, truths.Count);
    }

    // Any operator over any arguments, as many as it takes or not.
    private static string Rule(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            return Values[random.Next(Values.Length)];
        }
        var (name, taken) = LogicOperator.Named.ElementAt(random.Next(LogicOperator.Named.Count));
        var count = random.Next(10) == 0 ? random.Next(4) : random.Next(taken.Least, Math.Min(taken.Most, taken.Least + 2) + 1);
        return Logic.Call(name, string.Join(", ", Enumerable.Range(0, count).Select(_ => Rule(random, depth - 1))));
    }

    private static Truth Evaluate(string rule) => Compile(rule).Evaluate(Question, 0);

    private static CompiledCondition Compile(string rule) => ConditionCompiler.Compile(new Condition("json_logic", AttributeBag.Of(("rule", Logic.Value(rule)))));
}
