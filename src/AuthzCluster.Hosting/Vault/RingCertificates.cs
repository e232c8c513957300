using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthzCluster.Hosting.Vault;

/// <summary>The certificates that protect the keys of a ring.</summary>
/// <param name="Present">That of new keys; null: they are kept in clear.</param>
/// <param name="All">Those that may be needed.</param>
internal sealed record RingCertificates(X509Certificate2? Present, X509Certificate2[] All)
{
    /// <summary>Reads their files.</summary>
    /// <exception cref="StartRefusedException">One cannot be read, or has no RSA key.</exception>
    public static RingCertificates Read(VaultOptions options)
    {
        var present = options.Certificate is { } file ? Read("--key-ring-cert", file) : null;
        var old = options.OldCertificates.Select(file => Read("--key-ring-old-certs", file));
        return new RingCertificates(present, [.. present is null ? [] : new[] { present }, .. old]);
    }

    private static X509Certificate2 Read(string flag, string file)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null ? certificate : throw new StartRefusedException($"{flag}: `{file}` has no RSA key");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{flag}: `{file}` is no PEM file of a certificate and its key that can be read: {e.Message}", e);
        }
    }
}
