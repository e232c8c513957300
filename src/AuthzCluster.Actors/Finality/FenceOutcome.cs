namespace AuthzCluster.Actors.Finality;

/// <summary>What became of a row that was to be fenced.</summary>
public enum FenceOutcome
{
    /// <summary>It was fenced by this call.</summary>
    Fenced,

    /// <summary>It was fenced before, or is gone: no read finds it unfenced any more.</summary>
    WasNotHeld,

    /// <summary>Nothing was done: the row of who fences is fenced itself, or gone.</summary>
    OwnLost,
}
