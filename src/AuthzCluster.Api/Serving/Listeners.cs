using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AuthzCluster.Api.Serving;

/// <summary>What accepts connections, in a form that can end while what was accepted is still served.</summary>
/// <param name="factory">The usual one.</param>
internal sealed class Listeners(IConnectionListenerFactory factory) : IConnectionListenerFactory
{
    private readonly ConcurrentBag<IConnectionListener> _bound = [];

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await factory.BindAsync(endpoint, cancellationToken);
        _bound.Add(listener);
        return listener;
    }

    /// <summary>Accepts no further connections; who tries is refused by the system.</summary>
    public async Task UnbindAsync()
    {
        foreach (var listener in _bound)
        {
            await listener.UnbindAsync();
        }
    }
}
