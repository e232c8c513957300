namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>The client, or the silo, that the application is anyway; when it is ready is its own business.</summary>
internal sealed class HostLink(IGrainFactory grains) : IClusterLink
{
    public IGrainFactory Grains => grains;

    public Exception? Problem => null;

    public Task ReadyAsync() => Task.CompletedTask;
}
