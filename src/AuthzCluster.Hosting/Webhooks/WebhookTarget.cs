using System.Net;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>
/// Something that webhooks may send to: a host by name, all hosts below a domain (<c>*.example.com</c>, at public addresses only), an address or a network.
/// </summary>
public sealed record WebhookTarget
{
    private const string PlainPrefix = "http://";

    private string Host { get; init; } = "";

    private IPNetwork? Network { get; init; }

    /// <summary>Whether plain HTTP may be used.</summary>
    public bool AllowsPlain { get; private init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static WebhookTarget Parse(string text)
    {
        var allowsPlain = text.StartsWith(PlainPrefix, StringComparison.OrdinalIgnoreCase);
        var rest = allowsPlain ? text[PlainPrefix.Length..] : text;
        if (IPAddress.TryParse(rest, out var address) && !rest.Contains('%', StringComparison.Ordinal))
        {
            var plain = Addresses.Plain(address);
            return new WebhookTarget { Network = new IPNetwork(plain, plain.GetAddressBytes().Length * 8), AllowsPlain = allowsPlain };
        }
        if (IPNetwork.TryParse(rest, out var network))
        {
            return new WebhookTarget { Network = network, AllowsPlain = allowsPlain };
        }
        var name = rest.StartsWith("*.", StringComparison.Ordinal) ? rest[2..] : rest;
        return Uri.CheckHostName(name) == UriHostNameType.Dns && !rest.Contains('/', StringComparison.Ordinal)
            ? new WebhookTarget { Host = rest.ToLowerInvariant(), AllowsPlain = allowsPlain }
            : throw new FormatException($"`{text}` is no host such as hooks.example.com or *.example.com, no address and no network such as 10.1.0.0/16");
    }

    /// <summary>Whether a host is named here; not by its addresses.</summary>
    public bool Names(string host) => Host.Length > 0 && (Host[0] == '*'
        ? host.EndsWith(Host[1..], StringComparison.OrdinalIgnoreCase) : host.Equals(Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a host may be reached at an address by what is said here.</summary>
    public bool Allows(string host, IPAddress address) =>
        Network is { } network ? network.Contains(Addresses.Plain(address)) : Names(host) && (Host[0] != '*' || Addresses.IsPublic(address));

    /// <summary>Whether this is a network, so that a name may lead there.</summary>
    public bool IsNetwork => Network is not null;
}
