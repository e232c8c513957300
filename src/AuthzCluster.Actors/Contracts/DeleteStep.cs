namespace AuthzCluster.Actors.Contracts;

/// <summary>How far a deletion is.</summary>
public enum DeleteStep : byte
{
    /// <summary>Nothing is left to do.</summary>
    Finished,

    /// <summary>The role gives nothing any more, and has holders left to revoke.</summary>
    Continues,
}
