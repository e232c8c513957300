using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Hosting;

namespace AuthzCluster.Api.Serving;

/// <summary>The certificate with which requests are taken in.</summary>
internal static class HttpsCertificates
{
    /// <summary>Reads it, with its key; null where none is set.</summary>
    /// <exception cref="StartRefusedException">One is missing or cannot be read, or the two do not go together.</exception>
    public static X509Certificate2? Read(HttpServing serving)
    {
        if (serving is { HttpsCertificate: null, HttpsKey: null })
        {
            return null;
        }
        if (serving is not { HttpsCertificate: { } certificate, HttpsKey: { } key })
        {
            throw new StartRefusedException("--https-cert and --https-key go together: set both or none");
        }
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"the files of --https-cert and --https-key cannot be read, or do not go together: {e.Message}", e);
        }
    }
}
