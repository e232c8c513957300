using AuthzCluster.Domain.Tenancy;
using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Keys;

namespace AuthzCluster.Actors.Services;

/// <summary>Which keys were used, until it is written down. For any thread; holds keys that opened, so never more than there are.</summary>
/// <param name="directory">Where the keys' writers are.</param>
/// <param name="time">The clock.</param>
public sealed class KeyUses(IActorDirectory directory, TimeProvider time)
{
    private readonly ConcurrentDictionary<ApiKeyId, DateTimeOffset> _uses = new();

    /// <summary>A key was used now.</summary>
    public void Note(ApiKeyId key) => _uses[key] = Instants.Cut(time.GetUtcNow());

    /// <summary>
    /// Writes down what was noted, until <paramref name="stop"/>: who ends waits for no call. What storage does not take is forgotten: the next use is noted
    /// again.
    /// </summary>
    public async Task WriteAsync(CancellationToken stop = default)
    {
        foreach (var key in _uses.Keys)
        {
            if (_uses.TryRemove(key, out var at))
            {
                await directory.ApiKey(key).TouchAsync(at).WaitAsync(stop);
            }
        }
    }
}
