using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>The cases that AuthZEN can ask, on a server whose clock is the cases': it has no other instant than now.</summary>
public sealed class HttpAuthZenCaseTests(TimedServerFixture server) : IClassFixture<TimedServerFixture>
{
    public static IEnumerable<object[]> Asked() => CaseSuite.Rows().Where(row => CaseSuite.Load((string)row[0]) is { Attempts.Count: 0 } test
        && test.Checks.Any(check => check.ResourceId is not null && check.At == test.Now));

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Case_ByAuthZen_AnswersAsItMust(string name) =>
        Assert.Empty(await CaseSuite.FailuresAsync(new HttpCaseRunner(server), CaseSuite.Load(name)));
}
