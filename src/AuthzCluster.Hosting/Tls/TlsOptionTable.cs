using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Tls;

/// <summary>What can be set of how processes of a cluster know each other.</summary>
public static class TlsOptionTable
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<TlsOptions>> All { get; } =
    [
        new("--tls-cert", "TlsCert", "PEM file of this process's certificate; TLS within the cluster, both ways (default: none)", (tls, text) =>
            tls with { Certificate = OptionText.NotBlank(text, "must name a file") }),
        new("--tls-key", "TlsKey", "PEM file of the certificate's key", (tls, text) => tls with { Key = OptionText.NotBlank(text, "must name a file") }),
        new("--tls-ca", "TlsCa", "PEM file of the cluster's authority: only who has a certificate of it is talked to", (tls, text) =>
            tls with { Authority = OptionText.NotBlank(text, "must name a file") }),
    ];
}
