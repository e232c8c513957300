namespace AuthzCluster.Api.Credentials;

/// <summary>Addresses that keys may be read from: what is read there decides who everybody is, so nobody on the way may change it.</summary>
public static class MetadataAddress
{
    private const string WellKnown = "/.well-known/";

    /// <summary>Reads an issuer's authority, or the address of its metadata itself.</summary>
    /// <exception cref="FormatException">It is no such address; the message says what it must be.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsSafe(address) || address.Query.Length + address.Fragment.Length > 0)
        {
            throw new FormatException("must be an https address without user, query or fragment (http only of this machine)");
        }
        return address.AbsolutePath.Contains(WellKnown, StringComparison.Ordinal)
            ? address
            : new Uri($"{address.AbsoluteUri.TrimEnd('/')}{WellKnown}openid-configuration");
    }

    /// <summary>Whether what is read there comes from there: by https, or from this machine.</summary>
    public static bool IsSafe(Uri address) =>
        address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
