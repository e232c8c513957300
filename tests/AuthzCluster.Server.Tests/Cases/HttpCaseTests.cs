using AuthzCluster.Server.Tests.Support;
using AuthzCluster.Specification.Cases;
using Xunit.Abstractions;

namespace AuthzCluster.Server.Tests.Cases;

[Collection(ServerCollection.Name)]
public sealed class HttpCaseTests(ServerFixture server, ITestOutputHelper output)
{
    // Suspending needs PATCH on assignments, which is not offered yet.
    private const string Suspend = "suspend";

    public static IEnumerable<object[]> Offered() => CaseSuite.RowsWithout(Suspend, AuthzCase.RequiresAttempts);

    [Theory]
    [MemberData(nameof(Offered))]
    public async Task Case_OverHttp_AnswersAsItMust(string name) =>
        Assert.Empty(await CaseSuite.FailuresAsync(new HttpCaseRunner(server), CaseSuite.Load(name)));

    [Fact]
    public void Cases_LeftOut_AreFewAndKnown()
    {
        var leftOut = CaseSuite.RowsWithout(AuthzCase.RequiresAttempts).Select(row => (string)row[0]).Except(Offered().Select(row => (string)row[0])).ToList();

        output.WriteLine($"LEFT OUT over HTTP, for want of `{Suspend}`: {leftOut.Count} of {CaseSuite.Names.Count}: {string.Join(", ", leftOut)}");
        Assert.InRange(leftOut.Count, 0, 3);
    }
}
