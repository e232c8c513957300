using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Services;

/// <summary>Does what is due of one actor: expiries, interrupted deletions. Doing it again is harmless.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="eviction">Forgets the actors of a removed tenant.</param>
public sealed class DueWork(IActorDirectory directory, ITenantEviction eviction)
{
    /// <summary>Does it; null: done, so that what was due is due no more. An error: it is to be tried again.</summary>
    public async Task<AuthzError?> RunAsync(ActorKey key)
    {
        if (key.IsSubject)
        {
            return (await directory.Subject(key.Tenant, key.Subject).ExpireAsync()).Error;
        }
        if (key.IsRole)
        {
            return (await directory.Role(key.Tenant, key.Role).ContinueAsync()).Error;
        }
        var ended = await directory.Tenant(key.Tenant).ExpireAsync();
        return ended is { IsOk: true, Value: false } ? (await TenantService.RemoveAsync(directory, eviction, key.Tenant)).Error : ended.Error;
    }
}
