using System.Collections.Concurrent;
using System.Net.Http.Headers;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>All ways into a cluster that there are just now: its gateways, and one for each place of a silo.</summary>
internal sealed class Ways : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly RunningCluster _cluster;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<Uri, Lazy<GatewayWay>> _gateways = new();
    private readonly ConcurrentDictionary<string, Lazy<SiloWay>> _silos = new(StringComparer.Ordinal);

    public Ways(RunningCluster cluster)
    {
        _cluster = cluster;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = Patience }) { Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminKey);
    }

    public IReadOnlyList<Way> Gateways => [.. _cluster.Gateways.Select(Of)];

    public IReadOnlyList<Way> Silos => [.. _cluster.Silos.Select(silo => silo.Place).Distinct().Select(Of)];

    public IReadOnlyList<Way> All => [.. Gateways, .. Silos];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_silos.Values.Select(way => way.Value.DisposeAsync().AsTask()));
        _http.Dispose();
    }

    private Way Of(RunningGateway gateway) =>
        _gateways.GetOrAdd(gateway.Url, url => new(() => new GatewayWay($"gateway {url.Port}", _http, url))).Value;

    private Way Of(SiloPlace place) =>
        _silos.GetOrAdd(place.Address, address => new(() => new SiloWay($"silo {address}", address, _cluster.AdminKey))).Value;
}
