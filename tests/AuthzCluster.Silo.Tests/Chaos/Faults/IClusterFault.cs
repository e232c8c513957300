namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>What can happen to a cluster. It ends by itself; another may happen meanwhile, but each only once at a time.</summary>
internal interface IClusterFault
{
    /// <summary>What happens, for reports.</summary>
    string Name { get; }

    /// <summary>Lets it happen. Returns when it has begun.</summary>
    Task StrikeAsync();

    /// <summary>Waits until this one, and those that were struck beside it, are over, and there are as many ready silos and gateways as before.</summary>
    Task HealAsync();
}
