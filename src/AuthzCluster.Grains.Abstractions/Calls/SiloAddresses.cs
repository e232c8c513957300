using System.Net;
using System.Net.Sockets;
using Orleans.Messaging;
using Orleans.Runtime;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Finds the silos of a cluster by their names: each is looked up anew every few seconds, and stands for all addresses that it
/// has, as that of a headless service on Kubernetes does. So a client needs no access to the cluster's database.
/// </summary>
/// <param name="silos">Host names or IP addresses with the port for gateways: <c>silos.example:30000</c>.</param>
public sealed class SiloAddresses(IReadOnlyList<DnsEndPoint> silos) : IGatewayListProvider
{
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => Staleness;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <summary>Reads <c>HOST:PORT</c>; the port is 30000 where it is left out.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DnsEndPoint Parse(string text)
    {
        const int usualPort = 30_000;
        return Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "" or "/", Fragment: "" }
            ? new DnsEndPoint(uri.DnsSafeHost, uri.Port > 0 ? uri.Port : usualPort)
            : throw new FormatException("must be HOST:PORT such as silos.example:30000");
    }

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways()
    {
        var found = await Task.WhenAll(silos.Select(ResolveAsync));
        return [.. found.SelectMany(addresses => addresses).Distinct()];
    }

    // A name that cannot be looked up now has no silos now: the next look may find them.
    private static async Task<IEnumerable<Uri>> ResolveAsync(DnsEndPoint silo)
    {
        try
        {
            var addresses = IPAddress.TryParse(silo.Host, out var address) ? [address] : await Dns.GetHostAddressesAsync(silo.Host);
            return addresses.Select(one => SiloAddress.New(new IPEndPoint(one, silo.Port), 0).ToGatewayUri());
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
