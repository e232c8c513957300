using AuthzCluster.Conformance.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Grains.Tests;

public sealed class ClusterCaseTests(ClusterCaseTests.HostOfCases host) : PortsCaseSuite(host.Host), IClassFixture<ClusterCaseTests.HostOfCases>
{
    public sealed class HostOfCases : IAsyncLifetime
    {
        public ClusterFixture Host { get; } = new(AuthzCase.DefaultNow);

        public Task InitializeAsync() => Host.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
