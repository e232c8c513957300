namespace AuthzCluster.Actors.Storage;

/// <summary>What became of a <see cref="Commit"/>.</summary>
public enum CommitOutcome : byte
{
    /// <summary>It is durable.</summary>
    Committed,
    /// <summary>Another version is stored; nothing was changed.</summary>
    VersionConflict,
    /// <summary>A required index row is not there; nothing was changed.</summary>
    RequirementMissing,
    /// <summary>A key of an index that must be vacant has a row; nothing was changed.</summary>
    Occupied,
    /// <summary>The state is larger than the store takes; nothing was changed.</summary>
    TooLarge,
    /// <summary>A request is kept under the id of <see cref="Commit.Request"/>; nothing was changed. Judged before all else.</summary>
    Repeated,
}
