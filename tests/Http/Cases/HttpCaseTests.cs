using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Cases;

[Collection(ServerCollection.Name)]
public sealed class HttpCaseTests(ServerFixture server)
{
    public static IEnumerable<object[]> Questions() => CaseSuite.RowsWithout(AuthzCase.RequiresAttempts);

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Case_OverHttp_AnswersAsItMust(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new HttpCaseRunner(server), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
