using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Schema;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Cases;

public class CaseSchemaTests
{
    private static readonly CaseSchema Schema = CaseSchema.Load();

    [Theory]
    [MemberData(nameof(CaseSuite.Rows), MemberType = typeof(CaseSuite))]
    public void Schema_EveryCase_IsValid(string name) => Assert.Empty(Schema.Check(CaseSuite.ReadText(name)));

    [Fact]
    public void Schema_KeysOfEachPart_AreThoseOfTheReader()
    {
        Assert.Equal(CaseKeys.Parts.Keys.Order(), Schema.Parts.Keys.Order());
        Assert.All(Schema.Parts, part => Assert.Equal(CaseKeys.Parts[part.Key].Order(), part.Value.Order()));
    }

    [Fact]
    public void Schema_EveryKey_IsUsedByACase()
    {
        var all = string.Join('\n', CaseSuite.Names.Select(CaseSuite.ReadText));
        Assert.All(Schema.Parts.SelectMany(part => part.Value).Distinct(), key => Assert.Matches($@"(^|[\s{{]){key}:", all));
    }

    [Theory]
    [InlineData("checks: [{subject: a, permission: a:b, expect: granted, color: red}]", "`color` is no known key")]
    [InlineData("checks: [{subject: a, permission: a:b}]", "lacks expect")]
    [InlineData("checks: []", "fewer than 1 items")]
    [InlineData("{checks: [{subject: a, permission: a:b, expect: granted}], now: yesterday}", "does not match")]
    [InlineData("{checks: [{subject: a, permission: a:b, expect: granted}], roles: [{name: a, hierarchy_level: 101}]}", "above 100")]
    [InlineData("{checks: [{subject: a, permission: a:b, expect: granted}], roles: [{name: a, hierarchy_level: -1}]}", "below 0")]
    [InlineData("{checks: [{subject: a, permission: a:b, expect: granted}], roles: [{name: a, is_active: 1}]}", "must be boolean")]
    [InlineData("checks: [{subject: a, permission: a:b, expect: maybe}]", "fits none")]
    [InlineData("{checks: [{subject: a, permission: a:b, expect: granted}], packs: [office]}", "is none of")]
    public void Schema_ABrokenCase_IsToldWhere(string yaml, string message) =>
        Assert.Contains(message, string.Join('\n', Schema.Check(yaml)), StringComparison.Ordinal);
}
