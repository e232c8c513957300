namespace AuthzCluster.Actors.Views;

/// <summary>What became of one imported row.</summary>
public enum RowStatus : byte
{
    /// <summary>It made something.</summary>
    Created,
    /// <summary>It changed something.</summary>
    Updated,
    /// <summary>It was so already.</summary>
    Unchanged,
    /// <summary>It was refused.</summary>
    Failed,
}
