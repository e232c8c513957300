using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthzCluster.Hosting.Tls;

/// <summary>The certificates by which the processes of a cluster know each other.</summary>
public sealed class ClusterCertificates
{
    private ClusterCertificates(X509Certificate2 own, X509Certificate2 authority) => (Own, Authority) = (own, authority);

    /// <summary>This process's.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>The cluster's.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Reads them; null where nothing is set.</summary>
    /// <param name="options">The files.</param>
    /// <param name="isOf">Whether a certificate (the second) is of an authority, and valid now.</param>
    /// <exception cref="StartRefusedException">Something is missing, cannot be read, or does not go together.</exception>
    public static ClusterCertificates? Read(TlsOptions options, Func<X509Certificate2, X509Certificate2, bool> isOf)
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
            return isOf(certificates.Authority, certificates.Own)
                ? certificates : throw new StartRefusedException($"--tls-cert: `{certificate}` is expired, not valid yet, or not of the authority `{authority}`");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"the files of --tls-cert, --tls-key and --tls-ca cannot be read, or do not go together: {e.Message}", e);
        }
    }
}
