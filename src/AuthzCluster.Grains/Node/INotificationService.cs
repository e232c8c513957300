using Orleans.Concurrency;
using Orleans.Services;

namespace AuthzCluster.Grains.Node;

/// <summary>What one silo tells another. Not for clients.</summary>
[Alias("authz.notification")]
public interface INotificationService : IGrainService
{
    /// <summary>
    /// The actors of keys have committed revisions: once this returns nothing below them is answered from here. 
    /// Of a key with <paramref name="wholeTenant"/> all actors of its tenant are meant.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="revisions">For each key its stored version.</param>
    /// <param name="wholeTenant">For each key whether all of its tenant is meant.</param>
    [Alias("raise"), ResponseTimeout("00:00:10")]
    Task RaiseAsync([Immutable] string[] keys, [Immutable] long[] revisions, [Immutable] bool[] wholeTenant);

    /// <summary>A tenant is being removed: its grains leave.</summary>
    [Alias("evict")]
    Task EvictAsync(string tenant);
}
