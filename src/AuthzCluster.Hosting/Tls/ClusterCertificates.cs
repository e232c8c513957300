using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthzCluster.Hosting.Tls;

/// <summary>The certificates by which the processes of a cluster know each other.</summary>
public sealed class ClusterCertificates
{
    private readonly X509Certificate2 _authority;

    private ClusterCertificates(X509Certificate2 own, X509Certificate2 authority) => (Own, _authority) = (own, authority);

    /// <summary>This process's.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Reads them; null where nothing is set.</summary>
    /// <exception cref="StartRefusedException">Something is missing, cannot be read, or does not go together.</exception>
    public static ClusterCertificates? Read(TlsOptions options)
    {
        if (options.IsEmpty)
        {
            return null;
        }
        if (options is not { Certificate: { } certificate, Key: { } key, Authority: { } authority })
        {
            throw new StartRefusedException("--tls-cert, --tls-key and --tls-ca go together: set all three or none");
        }
        try
        {
            var certificates = new ClusterCertificates(
                X509Certificate2.CreateFromPemFile(certificate, key), X509CertificateLoader.LoadCertificateFromFile(authority));
            return certificates.IsTrusted(certificates.Own)
                ? certificates : throw new StartRefusedException($"--tls-cert: `{certificate}` is expired, not valid yet, or not of the authority `{authority}`");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"the files of --tls-cert, --tls-key and --tls-ca cannot be read, or do not go together: {e.Message}", e);
        }
    }

    /// <summary>
    /// Whether a certificate is of the cluster's authority, and valid now. Names are of no account: the addresses of processes
    /// change, and what the authority signs is the cluster's.
    /// </summary>
    public bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
