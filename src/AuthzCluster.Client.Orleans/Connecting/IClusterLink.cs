namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>A way to the cluster's grains.</summary>
internal interface IClusterLink
{
    /// <summary>The grains.</summary>
    IGrainFactory Grains { get; }

    /// <summary>Completes when grains can be called; begins to connect, where that has not begun.</summary>
    Task ReadyAsync();

    /// <summary>Why it is not ready; null: not known.</summary>
    Exception? Problem { get; }
}
