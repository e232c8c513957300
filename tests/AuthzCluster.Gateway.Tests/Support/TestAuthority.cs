using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Hosting.Tls;

namespace AuthzCluster.Gateway.Tests.Support;

/// <summary>An authority of certificates, whose files are in a directory of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _own;
    private int _issued;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(Authority, _own.ExportCertificatePem());
    }

    private string Authority => Path.Combine(_directory.Path, "ca.pem");

    /// <summary>The files of a process with a new certificate, valid until then.</summary>
    public TlsOptions Issue(DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"node-{++_issued}";
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .Create(_own, DateTimeOffset.UtcNow.AddYears(-1), until ?? DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        var options = new TlsOptions
        {
            Certificate = Path.Combine(_directory.Path, $"{name}.pem"),
            Key = Path.Combine(_directory.Path, $"{name}.key"),
            Authority = Authority,
        };
        File.WriteAllText(options.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(options.Key, key.ExportPkcs8PrivateKeyPem());
        return options;
    }

    public void Dispose()
    {
        _own.Dispose();
        _directory.Dispose();
    }
}
