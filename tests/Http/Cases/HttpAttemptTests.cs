using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>The cases with attempts, by callers with tokens, on a server whose clock is the cases'.</summary>
public sealed class HttpAttemptTests(TimedServerFixture server) : IClassFixture<TimedServerFixture>
{
    public static IEnumerable<object[]> Offered() =>
        CaseSuite.Rows().Where(row => CaseSuite.Load((string)row[0]).Attempts.Count > 0);

    [Theory]
    [MemberData(nameof(Offered))]
    public async Task Case_WithAttemptsOverHttp_AnswersAsItMust(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new HttpCaseRunner(server), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
