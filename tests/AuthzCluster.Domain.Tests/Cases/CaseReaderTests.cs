using AuthzCluster.Domain.Attributes;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Cases;

public class CaseReaderTests
{
    private const string Check = "checks: [{subject: a, permission: a:b, expect: granted}]";

    [Theory]
    [InlineData("colour: red", "`colour` is no key of a case")]
    [InlineData("roles: [{name: r, permision: []}]", "`permision` is no key of a role")]
    [InlineData("roles: [{name: r}, {name: r}]", "same name")]
    [InlineData("roles: [{name: r, parents: [s]}, {name: s, parents: [r]}]", "its own ancestor")]
    [InlineData("subjects: {a: {assignments: [r, r]}}", "would replace the first")]
    [InlineData("subjects: {a: {assignments: [{role: r, as: x}, {role: s, as: x}]}}", "label `x` is taken")]
    [InlineData("subjects: {a: {assignments: [{role: r, expires_at: \"2030-01-01T00:00:00Z\"}]}}", "after 2090")]
    [InlineData("subjects: {a: {assignments: [{role: r, starts_at: soon}]}}", "`soon` is no instant")]
    [InlineData("title: a\ntitle: b", "Duplicate key")]
    [InlineData("attempts: [{by: a, do: hope, expect: ok}]", "there is no act `hope`")]
    [InlineData("attempts: [{by: a, do: join_team, team: t, member: m, role: r, expect: ok}]", "`role` is no key of `join_team`")]
    [InlineData("attempts: [{by: a, do: assign, role: r, expect: ok}]", "lacks `to`")]
    [InlineData("attempts: [{by: a, do: join_team, team: t, member: m}]", "lacks `expect`")]
    [InlineData("attempts: [{by: a, do: patch_assignment, assignment: a1, expect: ok}]", "no assignment has the label `a1`")]
    [InlineData("attempts: [{by: a, do: create_key, key: {roles: [r]}, expect: ok}]", "lacks `as`")]
    public void Read_ABrokenCase_NamesFileAndLine(string text, string message)
    {
        var error = Assert.Throws<CaseFormatException>(() => CaseReader.Read("x.authz.yaml", text + "\n" + Check));
        Assert.StartsWith("x.authz.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{reason: granted, decision: false}", "contradict")]
    [InlineData("{reason: granted, matched_assignment: x}", "no assignment has the label `x`")]
    public void Read_AnImpossibleExpectation_IsRefused(string expect, string message) =>
        Assert.Contains(message, Assert.Throws<CaseFormatException>(() =>
            CaseReader.Read("x", $"checks: [{{subject: a, permission: a:b, expect: {expect}}}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_PlainAndQuotedValues_AreTypedByTheCoreSchema()
    {
        var test = CaseReader.Read("x", """
            checks:
              - {subject: a, permission: a:b, expect: granted, context: {t: true, s: "true", n: 1, d: "1", z: null, e: "", i: 007}}
            """);
        var expected = AttributeBag.Of(("t", AttributeValue.Of(true)), ("s", AttributeValue.Of("true")), ("n", AttributeValue.Of(1m)),
            ("d", AttributeValue.Of("1")), ("z", AttributeValue.Null), ("e", AttributeValue.Of("")), ("i", AttributeValue.Of("007")));
        Assert.Equal(expected, test.Checks[0].Context);
    }

    [Fact]
    public void Read_RolesInAnyOrder_ComeParentsFirst() => Assert.Equal(
        ["root", "middle", "leaf"],
        CaseReader.Read("x", "roles: [{name: leaf, parents: [middle]}, {name: middle, parents: [root]}, {name: root}]\n" + Check).Roles.Select(role => role.Name));
}
