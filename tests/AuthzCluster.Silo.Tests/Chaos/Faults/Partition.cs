using System.Net;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Faults;

/// <summary>Nothing passes between a silo and the other silos, the database, or both; nobody is told. Gateways still reach it.</summary>
internal sealed class Partition(bool ofSilos, bool ofDatabase, TimeSpan lasts, FaultScene scene) : ClusterFault(
    $"a silo is cut off from {(ofSilos ? ofDatabase ? "the other silos and the database" : "the other silos" : "the database")} for {lasts.TotalSeconds} s", lasts, scene)
{
    private IDisposable? _cut;

    protected override Task BeginAsync()
    {
        var (network, place) = (Cluster.Network!, AnySilo().Place);
        var silos = network.Places.Where(other => ofSilos && other != place).Select(other => IPAddress.Parse(other.Host));
        _cut = network.Cut(IPAddress.Parse(place.Host), ofDatabase ? silos.Append(network.Database) : silos);
        return Task.CompletedTask;
    }

    protected override Task EndAsync()
    {
        _cut?.Dispose();
        return Task.CompletedTask;
    }
}
