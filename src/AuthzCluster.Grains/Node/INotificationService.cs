using Orleans.Services;

namespace AuthzCluster.Grains.Node;

/// <summary>What one silo tells another. Not for clients.</summary>
[Alias("authz.notification")]
public interface INotificationService : IGrainService
{
    /// <summary>The actor of a key has committed a revision: copies of another are no good any more.</summary>
    [Alias("changed")]
    Task ChangedAsync(string key, long revision);

    /// <summary>A tenant is being removed: its grains leave, and its copies are dropped.</summary>
    [Alias("evict")]
    Task EvictAsync(string tenant);
}
