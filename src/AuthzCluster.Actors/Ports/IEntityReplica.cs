using AuthzCluster.Domain.Entities;

namespace AuthzCluster.Actors.Ports;

/// <summary>This node's copy of one stored entity. Never older than what was acknowledged before it was asked for.</summary>
public interface IEntityReplica
{
    /// <summary>What is in memory; null: not read yet. The same object again says that nothing came between.</summary>
    StoredEntity? Current { get; }

    /// <summary>What is stored, read first where it is not in memory; null: there is no such tenant.</summary>
    /// <exception cref="Storage.StoreUnavailableException">It could not be read.</exception>
    ValueTask<StoredEntity?> LoadAsync();
}
