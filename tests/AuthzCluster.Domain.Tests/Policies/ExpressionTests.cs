using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace AuthzCluster.Domain.Tests.Policies;

/// <summary>What is refused, and where; what it comes to stands in the cases.</summary>
public class ExpressionTests
{
    private static readonly AccessRequest Request = new()
    {
        Subject = SubjectId.User("alice"),
        Permission = new Permission("invoices", "read", PermissionScope.Any),
        Context = AttributeBag.Of(("long", AttributeValue.Of(new string('A', 4097))), ("most", AttributeValue.Of(new string('A', 4096)))),
    };

    // What random texts are made of, so that many are nearly good.
    private static readonly string[] Pieces =
    [
        "and", "or", "not", "in", "contains", "starts_with", "now", "true", "null", "=", "!=", "<", ">=", "(", ")", "[", "]", ",", "'a'", "\"b\"", "1", "-2.5e3", "a", "resource.x",
        "`q`", "time(", "hour(", "size(", "lower(", "exists(", "'", "\\", ".", "-", "!", "\u00e9", "\ud83d\ude00", "\ud83d", " ", "\0",
    ];

    [Theory]
    [InlineData("", "1: expected a value, not the end")]
    [InlineData("  ", "3: expected a value, not the end")]
    [InlineData("resource.a = 1 and and", "20: expected a value, not `and`")]
    [InlineData("a = ", "5: expected a value, not the end")]
    [InlineData("a = not b", "5: expected a value, not `not`")]
    [InlineData("a b", "3: expected an operator or the end, not `b`")]
    [InlineData("(a = 1", "7: expected `)`, not the end")]
    [InlineData("a = 1)", "6: expected an operator or the end, not `)`")]
    [InlineData("a not b", "7: expected `in` after `not`, not `b`")]
    [InlineData("a in (1, 2)", "8: expected `)`, not `,`")]
    [InlineData("a in [1 2]", "9: expected `,` or `]`, not `2`")]
    [InlineData("a in [1,]", "9: expected a literal: lists hold nothing else, not `]`")]
    [InlineData("a in [b]", "7: expected a literal: lists hold nothing else, not `b`")]
    [InlineData("a < b < c", "7: comparisons do not chain: join two by `and`, not by `<`")]
    [InlineData("a = b in c", "7: comparisons do not chain: join two by `and`, not by `in`")]
    [InlineData("(a = b) = c", "1: expected a value, not a condition")]
    [InlineData("a = (b or c)", "5: expected a value, not a condition")]
    [InlineData("a = exists(b)", "5: expected a value, not a condition")]
    [InlineData("3", "1: expected a condition, not a number")]
    [InlineData("not 3", "5: expected a condition, not a number")]
    [InlineData("a and 'x'", "7: expected a condition, not a string")]
    [InlineData("null or a", "1: expected a condition, not null")]
    [InlineData("a or [1]", "6: expected a condition, not a list")]
    [InlineData("size(a)", "1: expected a condition, not a number")]
    [InlineData("now", "1: expected a condition, not an instant")]
    [InlineData("1 < 'a'", "5: a number and a string have no order")]
    [InlineData("size(a) >= lower(b)", "12: a number and a string have no order")]
    [InlineData("a < true", "5: `<` needs numbers or strings, not a boolean")]
    [InlineData("null <= a", "1: `<=` needs numbers or strings, not null")]
    [InlineData("a > [1]", "5: `>` needs numbers or strings, not a list")]
    [InlineData("'a' in 3", "8: `in` needs a list, not a number")]
    [InlineData("a not in 'x'", "10: `not in` needs a list, not a string")]
    [InlineData("3 contains a", "1: `contains` needs a list or a string before it, not a number")]
    [InlineData("'a' contains 1", "14: `contains` needs a string after a string, not a number")]
    [InlineData("a starts_with 1", "15: `starts_with` needs a string, not a number")]
    [InlineData("null ends_with a", "1: `ends_with` needs a string, not null")]
    [InlineData("now < '2026-07-01T08:00:00Z'", "7: an instant compares with an instant alone: `now`, or time(...) of a text or path")]
    [InlineData("resource.at >= now", "1: an instant compares with an instant alone: `now`, or time(...) of a text or path")]
    [InlineData("now in [1]", "1: `in` takes no instant")]
    [InlineData("a contains now", "12: `contains` takes no instant")]
    [InlineData("now > time('noon')", "12: expected an RFC 3339 time such as '2026-07-01T08:00:00Z'")]
    [InlineData("now > time(3)", "12: `time` needs a string, not a number")]
    [InlineData("now > time(now)", "12: expected a value, not an instant")]
    [InlineData("hour(a) = 3", "6: `hour` needs an instant: `now`, or time(...) of a text or path")]
    [InlineData("size(3) = 3", "6: `size` needs a string, a list or an object, not a number")]
    [InlineData("lower(null) = 'a'", "7: `lower` needs a string, not null")]
    [InlineData("upper(a = b) = 'a'", "7: expected a value, not a condition")]
    [InlineData("size() = 3", "6: expected a value, not `)`")]
    [InlineData("size(a, b) = 3", "7: expected `)`, not `,`")]
    [InlineData("exists('a')", "8: expected a path, not `'a'`")]
    [InlineData("matches(a)", "1: `matches` is no function: there are exists, size, lower, upper, time, hour and day_of_week")]
    [InlineData("resource.size(a)", "1: `resource.size` is no function: there are exists, size, lower, upper, time, hour and day_of_week")]
    [InlineData("a == 1", "3: `==` is written `=`")]
    [InlineData("a && b", "3: `&&` is written `and`")]
    [InlineData("a || b", "3: `||` is written `or`")]
    [InlineData("!a", "1: `!` is written `not`")]
    [InlineData("a <> 1", "3: `<>` is written `!=`")]
    [InlineData("a AND b", "3: `AND` is written `and`, in lower case")]
    [InlineData("a = True", "5: `True` is written `true`, in lower case")]
    [InlineData("a = b; c", "6: `;` is no part of an expression")]
    [InlineData("a\u00a0= 1", "2: U+00A0 is no part of an expression")]
    [InlineData("a = \ud83d\ude00", "5: `\ud83d\ude00` is no part of an expression")]
    [InlineData("a = 'b", "5: the string does not end")]
    [InlineData("a = 'b\\", "7: after a backslash stands one of \\ ' \" n r t, or u and four hexadecimal digits")]
    [InlineData("a = '\\x'", "6: after a backslash stands one of \\ ' \" n r t, or u and four hexadecimal digits")]
    [InlineData("a = '\\u12'", "6: after a backslash stands one of \\ ' \" n r t, or u and four hexadecimal digits")]
    [InlineData("a = '\\ud83d'", "5: the string must be valid Unicode")]
    [InlineData("`a", "1: the path in back quotes does not end")]
    [InlineData("`` = 1", "1: `` is no path such as `resource.region`")]
    [InlineData("resource = 1", "1: `resource` is no path such as `resource.region`")]
    [InlineData("a. = 1", "3: expected a name after the dot")]
    [InlineData("a..b = 1", "3: expected a name after the dot")]
    [InlineData("now.x = 1", "1: `now` is a word of the language: the path is written `context.now.x`")]
    [InlineData("a = 01", "5: a number starts with no needless 0")]
    [InlineData("a = 1.", "7: expected a digit")]
    [InlineData("a = .5", "5: `.` is no part of an expression")]
    [InlineData("a = - 5", "6: expected a digit")]
    [InlineData("a = 1e", "7: expected a digit")]
    [InlineData("a = 3x", "6: a number is followed by `x`")]
    [InlineData("a = 1e999", "5: the number is too large")]
    public void Validate_WhatIsNoExpression_IsRefusedWithItsPosition(string text, string problem)
    {
        var error = Assert.Single(Errors(Of(text)));
        Assert.Equal("conditions[0].params.text", error.Field);
        Assert.Equal($"character {problem}", error.Message);
        Assert.Equal(Truth.Error, Evaluate(Of(text)));
    }

    [Fact]
    public void Validate_Params_AreATextAlone()
    {
        Assert.Equal("must be a text such as subject.level >= 3", Assert.Single(Errors(new Condition("expression", AttributeBag.Empty))).Message);
        Assert.Single(Errors(new Condition("expression", AttributeBag.Of(("text", AttributeValue.Of(1m))))));
        Assert.Equal("conditions[0].params.x", Assert.Single(Errors(new Condition("expression", AttributeBag.Of(("text", AttributeValue.Of("a")), ("x", AttributeValue.Null))))).Field);
        Assert.NotEmpty(Errors(Of("a = '\ud83d'")));
    }

    [Theory]
    [InlineData("(", ")", 32)]
    [InlineData("not ", "", 32)]
    [InlineData("lower(", ") = 'a'", 32)]
    [InlineData("a = [", "]", 32)]
    public void Validate_Depth_IsBounded(string opening, string closing, int most)
    {
        var (prefix, open) = opening == "a = [" ? ("a = ", "[") : ("", opening);
        var (close, suffix) = closing == ") = 'a'" ? (")", " = 'a'") : (closing, "");
        Assert.Empty(Errors(Of(Nested(most))));
        Assert.EndsWith($"at most {most} deep", Assert.Single(Errors(Of(Nested(most + 1)))).Message);
        Assert.EndsWith($"at most {most} deep", Assert.Single(Errors(Of(prefix + string.Concat(Enumerable.Repeat(open, 4000 / open.Length))))).Message);

        string Nested(int depth) => prefix + string.Concat(Enumerable.Repeat(open, depth)) + (open == "[" ? "1" : "a") + string.Concat(Enumerable.Repeat(close, depth)) + suffix;
    }

    [Fact]
    public void Validate_Size_IsBounded()
    {
        Assert.Empty(Errors(Of(string.Join(" or ", Enumerable.Repeat("a", 256)))));
        Assert.EndsWith("at most 256 terms", Assert.Single(Errors(Of(string.Join(" or ", Enumerable.Repeat("a", 257))))).Message);
        Assert.Empty(Errors(Of($"a in [{string.Join(',', Enumerable.Repeat("1", 1000))}]")));
        Assert.EndsWith("at most 1000 items", Assert.Single(Errors(Of($"a in [{string.Join(',', Enumerable.Repeat("1", 1001))}]"))).Message);
        Assert.Empty(Errors(Of($"a = '{new string('x', 4090)}'")));
        Assert.Equal("must have at most 4096 characters", Assert.Single(Errors(Of($"a = '{new string('x', 4091)}'"))).Message);
    }

    [Fact]
    public void Evaluate_LowerOfALongText_IsAnError()
    {
        Assert.Equal(Truth.Error, Evaluate(Of("lower(long) = 'a'")));
        Assert.Equal(Truth.False, Evaluate(Of("lower(most) = 'a'")));
    }

    [Fact]
    public void ChangesAfter_WhatNowIsComparedWith_DecidesWhetherItIsKnown()
    {
        var now = new DateTimeOffset(2026, 7, 1, 8, 30, 0, TimeSpan.Zero).UtcTicks;
        Assert.False(ConditionCompiler.Compile(Of("a = 1 and time(b) < time('2026-07-01T09:00:00Z')")).DependsOnTime);
        Assert.Equal(now, Changes("now < time(resource.until)"));
        Assert.Equal(now, Changes("a = 1 or not now < time(resource.until)"));
        Assert.Equal(now + (TimeSpan.TicksPerHour / 2), Changes("hour(now) = 3 and now < time('2026-07-01T09:10:00Z')"));
        Assert.Equal(new DateTime(2026, 7, 2).Ticks, Changes("day_of_week(now) in [1, 2]"));
        Assert.Equal(CompiledCondition.Never, Changes("now > time('2026-07-01T08:00:00Z')"));
        Assert.Equal(CompiledCondition.Never, ConditionCompiler.Compile(Of("now <= time('9999-12-31T23:59:59.999999Z')")).ChangesAfter(now));
        Assert.Equal(CompiledCondition.Never, ConditionCompiler.Compile(Of("hour(now) = 3")).ChangesAfter(DateTime.MaxValue.Ticks));

        long Changes(string text) => ConditionCompiler.Compile(Of(text)).ChangesAfter(now);
    }

    [Fact]
    public void Evaluate_OfWholeMicroseconds_SeesNothingFiner()
    {
        var condition = ConditionCompiler.Compile(Of("now = time('2026-07-01T08:00:00Z')"));
        var at = new DateTime(2026, 7, 1, 8, 0, 0).Ticks;
        Assert.Equal([Truth.False, Truth.True, Truth.True, Truth.False], new[] { at - 1, at, at + 9, at + 10 }.Select(now => condition.Evaluate(Request, now)));
        Assert.Equal(at + TimeSpan.TicksPerMicrosecond, condition.ChangesAfter(at + 9));
    }

    [Fact]
    public void Evaluate_FiveTerms_AllocatesNothing()
    {
        var condition = ConditionCompiler.Compile(Of("action.name = 'read' and subject.id != 'bob' and (size(most) > 3 or x in [1, 2]) and now > time('2026-07-01T08:00:00Z')"));
        var now = new DateTime(2027, 1, 1).Ticks;
        Assert.Equal(Truth.True, condition.Evaluate(Request, now));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            condition.Evaluate(Request, now);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Validate_AnyText_IsJudgedAndEvaluatesWithoutAnException() => Prop.ForAll(
        Gen.Elements(Pieces).ArrayOf().Zip(Gen.Elements("", " ")).Select(pair => string.Join(pair.Item2, pair.Item1)).ToArbitrary(),
        text =>
        {
            var isGood = Errors(Of(text)).Count == 0;
            var truth = Evaluate(Of(text));
            return isGood || truth == Truth.Error;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Truth Evaluate(Condition condition) => ConditionCompiler.Compile(condition).Evaluate(Request, new DateTime(2026, 1, 1).Ticks);

    private static Condition Of(string text) => new("expression", AttributeBag.Of(("text", AttributeValue.Of(text))));

    private static List<FieldError> Errors(Condition condition)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate([condition], "conditions", errors);
        return errors;
    }
}
