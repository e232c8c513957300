using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>Tokens that say all that they must, but are not the issuer's.</summary>
public sealed class JwtForgeryTests : IDisposable
{
    private static readonly TestIssuer Issuer = new();
    private static readonly TestKey Ec = TestKey.Ec("ec-1"), Foreign = TestKey.Rsa("rsa-1");
    private static readonly string Payload = JwtProbe.Claims().ToJsonString();
    private readonly JwtProbe _probe = new(Issuer.Options with { Keys = IssuerKeys.Parse(TestKey.Set(Issuer.Key, Ec)) });

    public void Dispose() => _probe.Dispose();

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Read_EachAlgorithm_IsTakenUnlessItIsNotOnTheList(string algorithm)
    {
        var key = algorithm[0] == 'E' ? TestKey.Ec("k", algorithm) : TestKey.Rsa("k", algorithm);
        var options = Issuer.Options with { Keys = IssuerKeys.Parse(TestKey.Set(key)) };
        using var all = new JwtProbe(options);
        using var fewer = new JwtProbe(options with { Algorithms = [.. JwtOptions.KnownAlgorithms.Where(known => known != algorithm)] });

        await all.TakesAsync(key.Sign(Payload));
        await fewer.RefusesAsync(key.Sign(Payload));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    public async Task Read_Unsigned_IsRefused(string algorithm)
    {
        var text = $"{Header(algorithm)}.{TestIssuer.Part(Payload)}";
        await _probe.RefusesAsync($"{text}.");
        await _probe.RefusesAsync($"{text}.{TestIssuer.Part("x")}");
        await _probe.RefusesAsync($"{text}.{Issuer.Key.Sign(Payload).Split('.')[2]}");
        await _probe.RefusesAsync(Issuer.Key.Sign(Head(algorithm).ToJsonString(), Payload));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task Read_PublicKeyUsedAsSharedSecret_IsRefused(string algorithm)
    {
        var rsa = (RSA)Issuer.Key.Pair;
        var half = rsa.ExportParameters(includePrivateParameters: false);
        var text = $"{Header(algorithm)}.{TestIssuer.Part(Payload)}";
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem() + "\n"),
            Encoding.ASCII.GetBytes(rsa.ExportRSAPublicKeyPem()), rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), half.Modulus!,
            Encoding.ASCII.GetBytes(Issuer.Key.Jwk()["n"]!.GetValue<string>()), Encoding.UTF8.GetBytes(TestKey.Set(Issuer.Key)), [],
        ];
        foreach (var secret in secrets)
        {
            var data = Encoding.ASCII.GetBytes(text);
            var mac = algorithm switch { "HS256" => HMACSHA256.HashData(secret, data), "HS384" => HMACSHA384.HashData(secret, data), _ => HMACSHA512.HashData(secret, data) };
            await _probe.RefusesAsync($"{text}.{Base64Url.EncodeToString(mac)}");
        }
    }

    [Fact]
    public async Task Read_SignedByAnother_IsRefused()
    {
        await _probe.TakesAsync(Issuer.Key.Sign(Payload));
        await _probe.RefusesAsync(Foreign.Sign(Payload)); // under the same kid
        await _probe.RefusesAsync(Foreign.Sign("""{"alg":"RS256"}""", Payload));
        await _probe.RefusesAsync(Ec.Sign(new JsonObject { ["alg"] = "ES256", ["kid"] = "rsa-1" }.ToJsonString(), Payload));
        await _probe.RefusesAsync(Issuer.Key.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = "ec-1" }.ToJsonString(), Payload));
        await _probe.RefusesAsync(Issuer.Key.Sign(new JsonObject { ["alg"] = "PS256", ["kid"] = "rsa-1" }.ToJsonString(), Payload));
        await _probe.RefusesAsync(Ec.Sign(new JsonObject { ["alg"] = "ES384", ["kid"] = "ec-1" }.ToJsonString(), Payload));
    }

    [Theory]
    [InlineData("use", "\"enc\"")]
    [InlineData("key_ops", "[\"encrypt\",\"wrapKey\"]")]
    [InlineData("alg", "\"RSA-OAEP\"")]
    public async Task Read_SignedByAKeyOfAnotherPurpose_IsRefused(string member, string value)
    {
        var key = TestKey.Rsa("rsa-2");
        var (jwk, bare) = (key.Jwk(), key.Jwk());
        bare.Remove("use");
        jwk.Remove("use");
        jwk[member] = JsonNode.Parse(value);
        using var probe = new JwtProbe(Issuer.Options with { Keys = Keys(jwk) });
        using var other = new JwtProbe(Issuer.Options with { Keys = Keys(bare) });

        await other.TakesAsync(key.Sign(Payload));
        await probe.RefusesAsync(key.Sign(Payload));
        await probe.RefusesAsync(key.Sign("""{"alg":"RS256"}""", Payload));
        await probe.TakesAsync(Issuer.Key.Sign(Payload));

        static IssuerKeys Keys(JsonObject second) => IssuerKeys.Parse(new JsonObject { ["keys"] = new JsonArray(Issuer.Key.Jwk(), second) }.ToJsonString());
    }

    [Fact]
    public async Task Read_Tampered_IsRefused()
    {
        var parts = Issuer.Key.Sign(Payload).Split('.');
        var other = TestIssuer.Part(Payload.Replace("alice", "admin", StringComparison.Ordinal));
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[^1] ^= 1;

        await _probe.TakesAsync($"{parts[0]}.{parts[1]}.{parts[2]}");
        await _probe.RefusesAsync($"{parts[0]}.{other}.{parts[2]}");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}");
        foreach (var last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != parts[2][^1]))
        {
            await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2][..^1]}{last}"); // the same bytes, for some
        }
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2]}=");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2]} ");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2]}==");
        foreach (var space in " \t\r\n")
        {
            await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2].Insert(4, space.ToString())}");
            await _probe.RefusesAsync($"{parts[0]}.{parts[1].Insert(4, space.ToString())}.{parts[2]}");
            await _probe.RefusesAsync($"{parts[0].Insert(4, space.ToString())}.{parts[1]}.{parts[2]}");
        }
        await _probe.RefusesAsync($" {parts[0]}.{parts[1]}.{parts[2]}");
        await _probe.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}");
    }

    [Theory]
    [InlineData("../../../../dev/null")]
    [InlineData("' OR 1=1 --")]
    [InlineData("rsa-1\u0000")]
    [InlineData("RSA-1")]
    [InlineData(" rsa-1")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:1/key")]
    [InlineData("😀")]
    public async Task Read_OddKeyId_IsRefused(string kid)
    {
        await _probe.RefusesAsync(Issuer.Key.Sign(Payload, new JsonObject { ["alg"] = "RS256", ["kid"] = kid }));
        Assert.Empty(_probe.Log);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[\"rsa-1\"]")]
    [InlineData("{}")]
    [InlineData("\"\\ud800\"")]
    public async Task Read_KeyIdOrTypeOrAlgorithmOfAnotherKind_IsRefused(string odd)
    {
        await _probe.RefusesAsync(Issuer.Key.Sign($$"""{"alg":"RS256","kid":{{odd}}}""", Payload));
        await _probe.RefusesAsync(Issuer.Key.Sign($$"""{"alg":"RS256","kid":"rsa-1","typ":{{odd}}}""", Payload));
        await _probe.RefusesAsync(Issuer.Key.Sign($$"""{"alg":{{odd}},"kid":"rsa-1"}""", Payload));
    }

    [Fact]
    public async Task Read_KeyInTheTokenItself_IsNotLookedAt()
    {
        var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=evil", (RSA)Foreign.Pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(JwtProbe.Start, JwtProbe.Start.AddYears(1));
        await using var evil = await OidcEndpoint.StartAsync(Foreign);
        (string Name, JsonNode Value)[] members =
        [
            ("jwk", Foreign.Jwk()), ("jku", new Uri(evil.Url, "/.well-known/openid-configuration").AbsoluteUri), ("x5u", new Uri(evil.Url, "/.well-known/openid-configuration").AbsoluteUri),
            ("x5c", new JsonArray(Convert.ToBase64String(certificate.RawData))), ("x5t", Base64Url.EncodeToString(certificate.GetCertHash())),
        ];
        foreach (var (name, value) in members)
        {
            await _probe.RefusesAsync(Foreign.Sign(new JsonObject { ["alg"] = "RS256", [name] = value.DeepClone() }.ToJsonString(), Payload));
            await _probe.RefusesAsync(Foreign.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1", [name] = value.DeepClone() }.ToJsonString(), Payload));
            await _probe.TakesAsync(Issuer.Key.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1", [name] = value.DeepClone() }.ToJsonString(), Payload));
        }
        Assert.Equal(0, evil.Reads);
    }

    [Theory]
    [InlineData("""{"alg":"RS256"}""", true)]
    [InlineData("""{"alg":"RS256","typ":"at+jwt"}""", true)]
    [InlineData("""{"alg":"RS256","typ":"application/at+JWT"}""", true)]
    [InlineData("""{"alg":"RS256","typ":"logout+jwt"}""", false)]
    [InlineData("""{"alg":"RS256","crit":["exp"],"exp":1}""", false)]
    [InlineData("""{"alg":"RS256","crit":["b64"],"b64":false}""", false)]
    [InlineData("""{"alg":"none","alg":"RS256"}""", false)]
    [InlineData("""{"alg":"RS256","alg":"RS256"}""", false)]
    [InlineData("""["RS256"]""", false)]
    [InlineData("""{"kid":"rsa-1"}""", false)]
    [InlineData("", false)]
    public async Task Read_Header_IsTakenOnlyIfAllOfItIsKnown(string header, bool isTaken) =>
        Assert.Equal(isTaken, (await _probe.ReadAsync(Issuer.Key.Sign(header, Payload))).Value is not null);

    [Fact]
    public async Task Read_HugeToken_IsRefusedBeforeItIsParsed()
    {
        var claims = JwtProbe.Claims();
        claims["pad"] = new string('x', 11_000);
        var fits = Issuer.Token(claims);
        claims["pad"] = new string('x', 13_000);
        var large = Issuer.Token(claims);

        Assert.True(fits.Length < 16 * 1024 && large.Length > 16 * 1024);
        await _probe.TakesAsync(fits);
        await _probe.RefusesAsync(large);
        await _probe.RefusesAsync(new string('x', 10_000_000) + "..");
    }

    [Fact]
    public async Task Read_DeepToken_IsRefused()
    {
        await _probe.RefusesAsync(Issuer.Key.Sign($"{Payload[..^1]},\"x\":{new string('[', 5000)}{new string(']', 5000)}}}"));
    }

    [Fact]
    public void Reads_Form_IsThreePartsAndNoKeyOfOurs()
    {
        Assert.True(_probe.Reads(Issuer.Key.Sign(Payload)));
        Assert.True(_probe.Reads(".."));
        Assert.False(_probe.Reads("authzk_abc"));
        Assert.False(_probe.Reads("authzk_a.b.c"));
        Assert.False(_probe.Reads("a.b"));
        Assert.False(_probe.Reads("a.b.c.d.e"));
        Assert.False(_probe.Reads(""));
    }

    private static JsonObject Head(string algorithm) => new() { ["alg"] = algorithm, ["kid"] = "rsa-1", ["typ"] = "JWT" };

    private static string Header(string algorithm) => TestIssuer.Part(Head(algorithm).ToJsonString());
}
