using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>TLS both ways within a cluster: each end shows a certificate that the other trusts, whatever its name.</summary>
public static class ClusterTls
{
    /// <summary>Sets it.</summary>
    /// <param name="tls">Orleans' options.</param>
    /// <param name="own">This process's certificate, with its key.</param>
    /// <param name="authority">The cluster's: who has a certificate of it is talked to.</param>
    public static void Apply(TlsOptions tls, X509Certificate2 own, X509Certificate2 authority)
    {
        tls.LocalCertificate = own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => IsOf(authority, certificate);
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = own.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    /// <summary>
    /// Whether a certificate is of an authority, and valid now. Names are of no account: the addresses of processes change, and what the authority of a
    /// cluster signs is the cluster's.
    /// </summary>
    public static bool IsOf(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
