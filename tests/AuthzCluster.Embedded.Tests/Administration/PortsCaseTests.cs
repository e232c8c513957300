using AuthzCluster.Conformance.Cases;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Embedded.Tests.Administration;

public sealed class PortsCaseTests(PortsCaseTests.HostOfCases host) : PortsCaseSuite(host.Host), IClassFixture<PortsCaseTests.HostOfCases>
{
    public sealed class HostOfCases : IAsyncLifetime
    {
        public EmbeddedFixture Host { get; } = new(AuthzCase.DefaultNow);

        public Task InitializeAsync() => Host.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
