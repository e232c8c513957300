using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Conformance.Cases;

/// <summary>Every case, through the ports of a host whose clock stands at the instant of cases; all share one.</summary>
public abstract class PortsCaseSuite(IHostFixture host)
{
    [Theory]
    [MemberData(nameof(CaseSuite.Rows), MemberType = typeof(CaseSuite))]
    public async Task Case_ThroughThePorts_AnswersAsItMust(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new PortsCaseRunner(host), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
