using System.Net;
using System.Net.Sockets;
using AuthzCluster.Hosting;

namespace AuthzCluster.Silo.Configuration;

/// <summary>Whether a silo can listen where it is to. Looked at first, so that it is told by the option's name, and before the wait for the database.</summary>
internal static class Endpoints
{
    public static void Check(SiloOptions options)
    {
        Check("--silo-port", options.Address, options.SiloPort);
        Check("--gateway-port", options.Address, options.GatewayPort);
        if (options.HealthPort != 0)
        {
            Check("--health-port", options.Address, options.HealthPort);
        }
    }

    private static void Check(string flag, IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new StartRefusedException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{flag}: {port} is in use on {address}",
                SocketError.AddressNotAvailable => $"--address: {address} is no address of this machine",
                _ => $"{flag}: {port} cannot be listened on at {address}: {e.Message}",
            }, e);
        }
    }
}
