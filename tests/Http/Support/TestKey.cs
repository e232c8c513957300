using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>A key that signs tokens.</summary>
/// <param name="Id">Its <c>kid</c>.</param>
/// <param name="Algorithm">The one it signs with.</param>
/// <param name="Pair">Both halves.</param>
public sealed record TestKey(string Id, string Algorithm, AsymmetricAlgorithm Pair)
{
    public static TestKey Rsa(string id, string algorithm = "RS256", int bits = 2048) => new(id, algorithm, RSA.Create(bits));

    public static TestKey Ec(string id, string algorithm = "ES256") => new(id, algorithm, ECDsa.Create(
        algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : algorithm == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP521));

    /// <summary>A JSON Web Key Set with the public halves.</summary>
    public static string Set(params TestKey[] keys) =>
        new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.Jwk())]) }.ToJsonString();

    /// <summary>The public half as a JSON Web Key, without <c>alg</c>.</summary>
    public JsonObject Jwk()
    {
        var jwk = new JsonObject { ["kid"] = Id, ["use"] = "sig" };
        if (Pair is RSA rsa)
        {
            var half = rsa.ExportParameters(includePrivateParameters: false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(half.Modulus), Base64Url.EncodeToString(half.Exponent));
            return jwk;
        }
        var point = ((ECDsa)Pair).ExportParameters(includePrivateParameters: false);
        (jwk["kty"], jwk["crv"]) = ("EC", $"P-{((ECDsa)Pair).KeySize}");
        (jwk["x"], jwk["y"]) = (Base64Url.EncodeToString(point.Q.X), Base64Url.EncodeToString(point.Q.Y));
        return jwk;
    }

    /// <summary>A token with this payload. The header is <paramref name="header"/>, or a plain one; what it says of the algorithm changes nothing.</summary>
    public string Sign(string payload, JsonObject? header = null)
    {
        header ??= new JsonObject { ["alg"] = Algorithm, ["kid"] = Id, ["typ"] = "JWT" };
        return Sign(header.ToJsonString(), payload);
    }

    /// <summary>A token with exactly these parts.</summary>
    public string Sign(string header, string payload)
    {
        var text = $"{TestIssuer.Part(header)}.{TestIssuer.Part(payload)}";
        return $"{text}.{Base64Url.EncodeToString(Signature(Encoding.ASCII.GetBytes(text)))}";
    }

    private byte[] Signature(byte[] text)
    {
        var hash = Algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return Pair is RSA rsa
            ? rsa.SignData(text, hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : ((ECDsa)Pair).SignData(text, hash);
    }
}
