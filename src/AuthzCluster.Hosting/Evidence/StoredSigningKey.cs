using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Actors.Views;

namespace AuthzCluster.Hosting.Evidence;

/// <summary>A key that signs or signed.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
/// <param name="MadeAt">When it was made.</param>
internal sealed record StoredSigningKey(byte[] PublicKey, DateTimeOffset MadeAt)
{
    private SigningKey? _told;

    /// <summary>PKCS #8; null: it signs no more.</summary>
    public byte[]? PrivateKey { get; init; }

    /// <summary>Its public half, as others are told.</summary>
    public SigningKey Told => _told ??= Tell();

    /// <summary>Signs; 64 bytes.</summary>
    public byte[] Sign(byte[] bytes)
    {
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(PrivateKey, out _);
        return pair.SignData(bytes, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether it signed that.</summary>
    public bool Verifies(byte[] bytes, byte[] signature)
    {
        using var half = ECDsa.Create();
        half.ImportSubjectPublicKeyInfo(PublicKey, out _);
        return half.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
    }

    private SigningKey Tell()
    {
        using var half = ECDsa.Create();
        half.ImportSubjectPublicKeyInfo(PublicKey, out _);
        var point = half.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        // RFC 7638: these members, in this order.
        var id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        return new SigningKey(id, x, y, MadeAt);
    }
}
