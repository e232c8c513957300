using System.Net;

namespace AuthzCluster.Api.Serving;

/// <summary>What the operator is told of a process that listens.</summary>
public static class HttpGreeting
{
    /// <summary>Where gRPC is, in a line behind a line break; null: nothing.</summary>
    public static string Grpc(Uri? url) => url is null ? "" : $"\ngRPC is on {url.ToString().TrimEnd('/')}";

    /// <summary>What to beware of; each line begins with a line break, no lines: nothing.</summary>
    public static string Warnings(HttpServing serving)
    {
        var open = IPAddress.IsLoopback(serving.Address) || (serving.HttpsCertificate is not null && serving.OpenGrpcPort is null) ? "" : "\nThis address is open to other machines, and the protocol is plain HTTP: put a TLS proxy in front, or set --https-cert.";
        var connections = HttpSetup.Connections(serving);
        return connections < serving.MaxConnections
            ? $"{open}\nThe limit of open files (ulimit -n) leaves room for {connections} connections, not {serving.MaxConnections}." : open;
    }
}
