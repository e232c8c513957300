using System.Net;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>Where webhooks may send. By name when a webhook is written and when it sends, by address when a connection is made: a name may lead elsewhere by then.</summary>
internal sealed class WebhookTargets(IReadOnlyList<WebhookTarget> targets) : IWebhookTargets
{
    /// <summary>What is said of an address that nothing is sent to; not which, for that is the network's own business.</summary>
    public const string AddressProblem = "leads to an address that webhooks may not send to";

    public string? Problem(Uri url)
    {
        if (HostOf(url) is not { } host)
        {
            return "must name a host";
        }
        var isPlain = url.Scheme == Uri.UriSchemeHttp;
        if (IPAddress.TryParse(host, out var address))
        {
            return !IsAllowed(host, address) ? AddressProblem : isPlain && !targets.Any(target => target.AllowsPlain && target.Allows(host, address)) ? "must be https" : null;
        }
        return IsLocal(host) && !targets.Any(target => target.Names(host) || target.IsNetwork) ? AddressProblem
            : targets.Count > 0 && !targets.Any(target => target.Names(host) || target.IsNetwork) ? "is not among the targets that webhooks may send to"
            : isPlain && !targets.Any(target => target.AllowsPlain && (target.Names(host) || target.IsNetwork)) ? "must be https" : null;
    }

    /// <summary>Whether a host may be reached at an address.</summary>
    public bool IsAllowed(string host, IPAddress address) => targets.Count == 0 ? Addresses.IsPublic(address) : targets.Any(target => target.Allows(host, address));

    /// <summary>The host of an address as sockets take it: without brackets and without the dot of the root. Null: it can be none.</summary>
    public static string? HostOf(Uri url)
    {
        try
        {
            return url.IdnHost.Trim('[', ']').TrimEnd('.') is { Length: > 0 } host ? host : null;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            // A name that is read as a host and cannot be one: labels too long, what no name may have.
            return null;
        }
    }

    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
