using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Vault;

/// <summary>What is looked at before a node starts.</summary>
public static class VaultCheck
{
    /// <summary>Refuses to start where a key is missing, or opens nothing, that something in the store is sealed with.</summary>
    /// <exception cref="StartRefusedException">One is; the message says which, and what to do.</exception>
    /// <exception cref="StoreUnavailableException">The store, or the key ring, cannot be read.</exception>
    public static Task RunAsync(IActorStore store, DataProtectionVault vault) => UsedKeys.CheckAsync(store, vault);
}
