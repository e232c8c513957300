using System.Net;
using AuthzCluster.Api.Serving;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting.Tls;

namespace AuthzCluster.Gateway;

/// <summary>How a gateway runs. Every value is checked before anything is started.</summary>
public sealed record GatewayOptions
{
    /// <summary>How requests are taken in.</summary>
    public HttpServing Http { get; init; } = new();

    /// <summary>Where the silos are: names that are looked up anew every few seconds. Default: port 30000 of this machine.</summary>
    public IReadOnlyList<DnsEndPoint> Silos { get; init; } = [new DnsEndPoint("127.0.0.1", 30_000)];

    /// <summary>Names the service. Default: <c>authz</c>.</summary>
    public string ServiceId { get; init; } = "authz";

    /// <summary>Names the cluster. Default: <c>authz</c>.</summary>
    public string ClusterId { get; init; } = "authz";

    /// <summary>Deadlines of calls to the cluster.</summary>
    public ClusterCallOptions Calls { get; init; } = new();

    /// <summary>By what the processes of the cluster know each other.</summary>
    public TlsOptions Tls { get; init; } = new();
}
