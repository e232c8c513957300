using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>TLS both ways within a cluster: each end shows a certificate that the other trusts, whatever its name.</summary>
public static class ClusterTls
{
    /// <summary>Sets it.</summary>
    /// <param name="tls">Orleans' options.</param>
    /// <param name="own">This process's certificate, with its key.</param>
    /// <param name="isTrusted">Whether a certificate belongs to the cluster.</param>
    public static void Apply(TlsOptions tls, X509Certificate2 own, Func<X509Certificate2, bool> isTrusted)
    {
        tls.LocalCertificate = own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => isTrusted(certificate);
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = own.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }
}
