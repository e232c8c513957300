using Orleans.Messaging;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>The silos that are found by their names, but for those that do not answer.</summary>
internal sealed class WatchedSilos(SiloAddresses addresses, SiloWatch watch, TimeProvider time) : IGatewayListProvider
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private IReadOnlyList<Uri> _found = [];
    private long _foundAt = long.MinValue;

    public TimeSpan MaxStaleness => addresses.MaxStaleness;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    // Asked for several times a second; names are looked up less often.
    public async Task<IList<Uri>> GetGateways()
    {
        if (_foundAt == long.MinValue || time.GetElapsedTime(_foundAt) >= (_found.Count > 0 ? MaxStaleness : LookAgain))
        {
            _found = [.. await addresses.GetGateways()];
            _foundAt = time.GetTimestamp();
        }
        return watch.Callable(_found);
    }
}
