using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Finality;
using Orleans.Runtime.Services;
using Orleans.Serialization;

namespace AuthzCluster.Grains.Node;

/// <summary>Messages from this silo to others. A silo is named by its address, which is another after each start.</summary>
internal sealed class SiloMessenger(IServiceProvider services, IClusterMembershipService members) : GrainServiceClient<INotificationService>(services), INodeMessenger, ITenantEviction
{
    private static readonly TimeSpan EvictionPatience = TimeSpan.FromSeconds(20);

    /// <summary>Where it is told that a silo did not answer.</summary>
    public FaultLog? Faults { get; set; }

    public Task RaiseAsync(string node, IReadOnlyList<Announcement> batch)
    {
        var (keys, revisions, wholeTenant) = (new string[batch.Count], new long[batch.Count], new bool[batch.Count]);
        for (var i = 0; i < batch.Count; i++)
        {
            (keys[i], revisions[i], wholeTenant[i]) = (batch[i].Key.Value, batch[i].Revision, batch[i].IsWholeTenant);
        }
        return GetGrainService(SiloAddress.FromParsableString(node)).RaiseAsync(keys, revisions, wholeTenant);
    }

    // Who stays is told by the announcements that the tenant is gone: this is for memory, and turns under way.
    public Task EvictAsync(TenantId tenant) => Task.WhenAll(
        members.CurrentSnapshot.Members.Values
            .Where(member => member.Status is SiloStatus.Active or SiloStatus.Joining or SiloStatus.ShuttingDown)
            .Select(member => EvictAsync(member.SiloAddress, tenant)));

    private async Task EvictAsync(SiloAddress silo, TenantId tenant)
    {
        var what = $"evicting a tenant from {silo}";
        try
        {
            await GetGrainService(silo).EvictAsync(tenant.Value).WaitAsync(EvictionPatience);
            Faults?.Works(what);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or SerializerException)
        {
            Faults?.Report(what, e);
        }
    }
}
