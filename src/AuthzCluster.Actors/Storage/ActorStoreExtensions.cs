using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>What is asked of a store in more than one way.</summary>
public static class ActorStoreExtensions
{
    /// <summary>How many rows one key of an index has whose instant is null or later than <paramref name="now"/>.</summary>
    public static async ValueTask<long> CountIndexAsync(this IActorStore store, TenantId tenant, string index, string key, DateTimeOffset now) =>
        (await store.CountIndexAsync(tenant, index, [key], now))[0];
}
