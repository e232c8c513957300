using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Services;

/// <summary>Does what is due of one actor: expiries, what was interrupted. Doing it again is harmless.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="eviction">Forgets the actors of a removed tenant.</param>
/// <param name="ports">The host's.</param>
/// <param name="expiry">Who writes down what ended; null: the writers of the subjects.</param>
public sealed class DueWork(IActorDirectory directory, ITenantReplicas replicas, ITenantEviction eviction, ActorPorts ports, IExpiry? expiry = null)
{
    private readonly UpkeepSweep _sweep = new(directory, replicas, ports);
    private readonly TenantRemoval _removal = new(directory, eviction, ports);

    /// <summary>
    /// Does it; null: done, so that what was due is due no more. An error: it is to be tried again. Long work ends
    /// between two steps when <paramref name="stop"/> says so, and is due still.
    /// </summary>
    public async Task<AuthzError?> RunAsync(ActorKey key, CancellationToken stop)
    {
        if (key.IsSubject)
        {
            return (await (expiry?.ExpireAsync(key.Tenant, key.Subject) ?? directory.Subject(key.Tenant, key.Subject).ExpireAsync())).Error;
        }
        if (key.IsApiKey)
        {
            return (await directory.ApiKey(key.ApiKey).ContinueAsync()).Error;
        }
        if (key.IsRequest)
        {
            return (await directory.RoleRequest(key.Tenant, key.Request).ContinueAsync()).Error;
        }
        if (key.IsRole)
        {
            var role = directory.Role(key.Tenant, key.Role);
            var step = await role.ContinueAsync();
            while (step is { IsOk: true, Value: DeleteStep.Continues } && !stop.IsCancellationRequested)
            {
                step = await role.ContinueAsync();
            }
            return step.Error;
        }
        if (expiry is not null && await expiry.ExpireTeamsAsync(key.Tenant) is { IsOk: true, Value: true })
        {
            // What else is due is found by the next look.
            return null;
        }
        var ended = await directory.Tenant(key.Tenant).ExpireAsync();
        return ended is { IsOk: true, Value: false } ? (await _removal.RunAsync(key.Tenant)).Error : ended.Error ?? await _sweep.RunAsync(key.Tenant, stop);
    }
}
