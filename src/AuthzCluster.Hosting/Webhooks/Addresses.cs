using System.Net;
using System.Net.Sockets;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>Which addresses are of the public Internet, by the registries of special-purpose addresses (RFC 6890 and its updates).</summary>
internal static class Addresses
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Of the sixth version 2000::/3 is given out; what in it leads to addresses of the fourth, or is for documents, is not.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    /// <summary>A v4-mapped address as what it is.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Whether it is public: neither private, loopback, link-local, shared, reserved nor multicast.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return (plain.AddressFamily == AddressFamily.InterNetwork || GivenOut.Contains(plain)) && !Array.Exists(Special, network => network.Contains(plain));
    }
}
