using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace AuthzCluster.Api.Credentials;

/// <summary>The public keys of an issuer that may sign: RSA of at least 2048 bits, and the elliptic curves of the algorithms.</summary>
public sealed class IssuerKeys
{
    private const int ShortestRsa = 2048;
    private readonly IReadOnlyList<JsonWebKey> _keys;

    private IssuerKeys(IEnumerable<JsonWebKey> keys) => _keys = [.. keys.Where(MaySign)];

    /// <summary>Reads a JSON Web Key Set that an operator wrote.</summary>
    /// <exception cref="FormatException">It is none, or holds no key to use; the message says what it must be.</exception>
    public static IssuerKeys Parse(string json)
    {
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(json);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new FormatException("must be a JSON Web Key Set", e);
        }
        if (set.Keys.Any(IsSecret))
        {
            throw new FormatException("must hold public keys only");
        }
        var keys = Of(set);
        return keys._keys.Count > 0 ? keys : throw new FormatException($"must hold a public key that may sign, RSA of at least {ShortestRsa} bits or EC");
    }

    /// <summary>Those of a set that may sign; the others are left out.</summary>
    internal static IssuerKeys Of(JsonWebKeySet set) => new(set.Keys);

    /// <summary>The keys that a signature may be of.</summary>
    /// <param name="kid">The key's id, to the letter; null: whichever fits.</param>
    /// <param name="algorithm">Of <see cref="JwtOptions.KnownAlgorithms"/>.</param>
    internal IReadOnlyList<SecurityKey> For(string? kid, string algorithm) =>
        [.. _keys.Where(key => (kid is null || key.Kid == kid) && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm) && Fits(key, algorithm))];

    private static bool MaySign(JsonWebKey key) =>
        !IsSecret(key)
        && (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig)
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve || (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= ShortestRsa));

    private static bool IsSecret(JsonWebKey key) => !string.IsNullOrEmpty(key.D) || key.Kty == JsonWebAlgorithmsKeyTypes.Octet;

    private static bool Fits(JsonWebKey key, string algorithm) => algorithm switch
    {
        SecurityAlgorithms.EcdsaSha256 => key.Crv == JsonWebKeyECTypes.P256,
        SecurityAlgorithms.EcdsaSha384 => key.Crv == JsonWebKeyECTypes.P384,
        SecurityAlgorithms.EcdsaSha512 => key.Crv == JsonWebKeyECTypes.P521,
        _ => key.Kty == JsonWebAlgorithmsKeyTypes.RSA,
    };
}
