namespace AuthzCluster.Grains.Node;

/// <summary>What the cluster does once, whichever of its silos live. There is one, of the key 0. Not for clients.</summary>
[Alias("authz.housekeeping")]
public interface IHousekeepingGrain : IGrainWithIntegerKey, IRemindable
{
    /// <summary>Has it woken from now on, though all silos end and others come.</summary>
    [Alias("ensure")]
    Task EnsureAsync();
}
