using AuthzCluster.Domain.Permissions;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Cases;

public class OracleCaseTests
{
    [Theory]
    [MemberData(nameof(CaseSuite.Rows), MemberType = typeof(CaseSuite))]
    public async Task Oracle_EveryCase_AnswersAsWritten(string name) =>
        Assert.Empty(await CaseSuite.FailuresAsync(new OracleRunner(), CaseSuite.Load(name)));

    [Fact]
    public void OraclePermission_EveryTextInTheCases_ReadsAsTheDomainReadsIt()
    {
        var cases = CaseSuite.Names.Select(CaseSuite.Load).ToList();
        var texts = cases.SelectMany(test => test.Checks.Select(check => check.Permission)
            .Concat(test.Roles.SelectMany(role => role.Permissions.Concat(role.Parents.SelectMany(parent => parent.Permissions)))));
        foreach (var text in texts.Distinct())
        {
            var isGood = Permission.TryParse(text, out var permission, out var isExplicit, out _);
            var read = OraclePermission.Read(text);
            Assert.Equal(isGood, read is not null);
            Assert.Equal((permission?.ToString(), isExplicit && isGood), (read?.ToString(), read?.IsExplicit ?? false));
        }
    }

    [Fact]
    public void Names_TheSuite_IsAtLeastEightyCases() => Assert.True(CaseSuite.Names.Count >= 80, $"{CaseSuite.Names.Count} cases");

    [Fact]
    public async Task FailuresAsync_AWrongExpectation_NamesFileLineExpectedAndActual()
    {
        var test = CaseReader.Read("some/case.authz.yaml", """
            checks:
              - {subject: alice, permission: invoices:read, expect: {reason: granted, valid_until: now+1h}}
            """);
        var failures = await CaseSuite.FailuresAsync(new OracleRunner(), test);
        Assert.Equal(
            [
                "some/case.authz.yaml:2: user:alice invoices:read: decision: expected True, was False",
                "some/case.authz.yaml:2: user:alice invoices:read: reason: expected granted, was no_assignment",
                "some/case.authz.yaml:2: user:alice invoices:read: valid_until: expected 2100-01-01T01:00:00.0000000+00:00, was null",
            ], failures);
    }
}
