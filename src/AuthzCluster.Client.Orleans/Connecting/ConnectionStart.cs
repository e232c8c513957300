using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>Lets the connection be made from the host's start on, which does not wait for it.</summary>
internal sealed class ConnectionStart(IClusterLink link) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = link.ReadyAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
