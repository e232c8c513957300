using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>One that begins, lasts for a time and ends.</summary>
internal abstract class ClusterFault(string name, TimeSpan lasts, FaultScene scene) : IClusterFault
{
    public string Name => name;

    protected RunningCluster Cluster => scene.Cluster;

    protected Random Random => scene.Random;

    public async Task StrikeAsync()
    {
        await BeginAsync();
        scene.Add(LastAsync());

        async Task LastAsync()
        {
            await Task.Delay(lasts);
            await EndAsync();
        }
    }

    public Task HealAsync() => scene.RestoreAsync();

    /// <summary>Begins it.</summary>
    protected abstract Task BeginAsync();

    /// <summary>Ends it. What it was done to may have come to harm meanwhile.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    /// <summary>One more silo.</summary>
    protected Task<RunningSilo> AddSiloAsync() => scene.AddAsync();

    /// <summary>Any silo that runs.</summary>
    protected RunningSilo AnySilo()
    {
        var running = Cluster.Silos.Where(silo => !silo.Process.HasExited).ToList();
        return running[Random.Next(running.Count)];
    }
}
