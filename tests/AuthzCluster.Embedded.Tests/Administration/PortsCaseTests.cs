using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>Every case with attempts, through the ports.</summary>
public sealed class PortsCaseTests(PortsCaseTests.HostOfCases host) : IClassFixture<PortsCaseTests.HostOfCases>
{
    public static IEnumerable<object[]> Offered() =>
        CaseSuite.Rows().Where(row => CaseSuite.Load((string)row[0]).Attempts.Count > 0);

    [Theory]
    [MemberData(nameof(Offered))]
    public async Task Case_ThroughThePorts_AnswersAsItMust(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new PortsCaseRunner(host.Host), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>One host for all of them, at the instant of cases.</summary>
    public sealed class HostOfCases : IAsyncLifetime
    {
        public EmbeddedFixture Host { get; } = new(AuthzCase.DefaultNow);

        public Task InitializeAsync() => Host.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
