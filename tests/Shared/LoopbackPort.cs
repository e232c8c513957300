using System.Net;
using System.Net.Sockets;

namespace AuthzCluster.Testing;

/// <summary>Ports of loopback for what has to be told its port before it starts.</summary>
internal static class LoopbackPort
{
    // Below the ports that systems give to outgoing connections, so that none of these takes it meanwhile.
    private const int First = 15_000, End = 30_000;

    private static int _next = Random.Shared.Next(First, End);

    /// <summary>One that nobody listens on; this process is given each but once.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) - First) % (End - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
