using System.Net;
using System.Net.Sockets;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>TCP ports of loopback that nobody listens on, below those that the system lends to who connects; none twice.</summary>
internal static class Ports
{
    private const int First = 20_000, End = 32_000;
    private static int _next = First + (Environment.ProcessId * 97 % (End - First));

    public static int Free()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % (End - First));
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
