using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Actors.Ports;

/// <summary>This node's copy of one tenant's model, compiled. Never older than what was acknowledged before it was asked for.</summary>
public interface ITenantReplica
{
    /// <summary>The model in memory; null: not read yet, or there is no such tenant.</summary>
    CompiledTenant? Current { get; }

    /// <summary>The model, read first where it is not in memory; null: there is no such tenant.</summary>
    /// <exception cref="Storage.StoreUnavailableException">It could not be read.</exception>
    ValueTask<CompiledTenant?> LoadAsync();

    /// <summary>The stored version of a model that came from here; 0: no other node has copies.</summary>
    long VersionOf(CompiledTenant model) => 0;
}
