using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Finality;

/// <summary>A cell, as the node's table knows it.</summary>
public interface ICell
{
    /// <summary>Of which actor's state it is.</summary>
    ActorKey Key { get; }

    /// <summary>From here on it is not below this revision. What it has stays only if that is as new.</summary>
    void Raise(long revision);
}
