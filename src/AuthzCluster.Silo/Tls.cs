using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Hosting.Tls;
using Orleans.Connections.Security;

namespace AuthzCluster.Silo;

/// <summary>TLS both ways: each end shows a certificate of the cluster's authority.</summary>
internal static class Tls
{
    public static void Apply(Orleans.Connections.Security.TlsOptions tls, ClusterCertificates certificates)
    {
        tls.LocalCertificate = certificates.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => certificates.IsTrusted(certificate);
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = certificates.Own.GetNameInfo(X509NameType.SimpleName, false);
    }
}
