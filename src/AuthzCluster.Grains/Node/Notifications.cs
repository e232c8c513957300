using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using Orleans.Runtime.Services;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// Tells every silo what this one has committed: one message for each silo, however many hold what was changed. Best effort:
/// a silo that does not answer within a second is not waited for.
/// </summary>
internal sealed class Notifications(IServiceProvider services, IClusterMembershipService members) : GrainServiceClient<INotificationService>(services), IAnnounce, ITenantEviction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), EvictionPatience = TimeSpan.FromSeconds(20);

    /// <summary>Where it is told that a silo did not answer.</summary>
    public FaultLog? Faults { get; set; }

    // What subjects hold is in their grains alone; of roles, keys and logs nobody has copies.
    public ValueTask AcknowledgedEverywhereAsync(ActorKey key, long revision) =>
        key.IsTenant || key.IsEntity
            ? new(TellAsync("telling a change", service => service.ChangedAsync(key.Value, revision), Patience))
            : ValueTask.CompletedTask;

    public Task EvictAsync(TenantId tenant) => TellAsync("evicting a tenant", service => service.EvictAsync(tenant.Value), EvictionPatience);

    private Task TellAsync(string what, Func<INotificationService, Task> tell, TimeSpan patience) => Task.WhenAll(
        members.CurrentSnapshot.Members.Values
            .Where(member => member.Status is SiloStatus.Active or SiloStatus.Joining or SiloStatus.ShuttingDown)
            .Select(member => TellAsync($"{what} to {member.SiloAddress}", tell(GetGrainService(member.SiloAddress)), patience)));

    private async Task TellAsync(string what, Task told, TimeSpan patience)
    {
        try
        {
            await told.WaitAsync(patience);
            Faults?.Works(what);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            Faults?.Report(what, e);
        }
    }
}
