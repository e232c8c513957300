using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Conformance.Cases;

/// <summary>Every case, through the ports of a host whose clock stands at the instant of cases; all share one.</summary>
public abstract class PortsCaseSuite(IHostFixture host)
{
    public static IEnumerable<object[]> Offered() => CaseSuite.RowsWithout(AuthzCase.RequiresPolicies);

    [Theory]
    [MemberData(nameof(Offered))]
    public async Task Case_ThroughThePorts_AnswersAsItMust(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new PortsCaseRunner(host), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
