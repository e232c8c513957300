using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Embedded;

/// <summary>Starts and stops the node with the process that it is in.</summary>
/// <param name="node">The node.</param>
internal sealed class EmbeddedHost(EmbeddedNode node) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => node.StartAsync();

    public Task StopAsync(CancellationToken cancellationToken) => node.StopAsync();
}
