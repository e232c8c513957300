using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Hosting.Processes;

/// <summary>The life of a host that another ends: the process's signals are not its business.</summary>
public sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
