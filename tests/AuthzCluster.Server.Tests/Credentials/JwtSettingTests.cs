using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Serving;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using AuthzCluster.Server.Configuration;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>The options of JWT, as an operator writes them.</summary>
public sealed class JwtSettingTests : IDisposable
{
    private static readonly string[] Usual = ["--jwt-issuer", "https://issuer.test", "--jwt-audience", "a", "--jwt-metadata", "https://issuer.test"];
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _keys = new();

    public void Dispose()
    {
        _directory.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public void Read_NoneOfThem_LeavesJwtOff() => Assert.Null(OptionTable.Read([]).Http.Jwt);

    [Fact]
    public void Read_AllOfThem_AreSet()
    {
        var jwt = OptionTable.Read(
        [
            "--jwt-issuer", "https://issuer.test", "--jwt-audience", "a, b", "--jwt-keys", Keys(TestKey.Set(TestKey.Rsa("k"))), "--jwt-algorithms=ES256,PS512",
            "--jwt-clock-skew", "00:00:10", "--jwt-subject-claim", "oid", "--jwt-subject-type", "client", "--jwt-tenants", "x,y",
        ]).Http.Jwt!;
        JwtRules.Check(jwt);

        Assert.Equal(("https://issuer.test", "oid", "client", TimeSpan.FromSeconds(10)), (jwt.Issuer, jwt.SubjectClaim, jwt.SubjectType, jwt.ClockSkew));
        Assert.Equal(["a", "b"], jwt.Audiences);
        Assert.Equal(["ES256", "PS512"], jwt.Algorithms);
        Assert.Equal([new TenantId("x"), new TenantId("y")], jwt.Tenants!);
    }

    [Theory]
    [InlineData("https://issuer.test", "https://issuer.test/.well-known/openid-configuration")]
    [InlineData("https://issuer.test/realms/x/", "https://issuer.test/realms/x/.well-known/openid-configuration")]
    [InlineData("https://issuer.test/.well-known/oauth-authorization-server", "https://issuer.test/.well-known/oauth-authorization-server")]
    [InlineData("http://localhost:8081", "http://localhost:8081/.well-known/openid-configuration")]
    [InlineData("http://[::1]:8081", "http://[::1]:8081/.well-known/openid-configuration")]
    public void Read_Metadata_IsTheAddressOrTheIssuers(string text, string address) =>
        Assert.Equal(address, OptionTable.Read(["--jwt-metadata", text]).Http.Jwt!.Metadata!.AbsoluteUri);

    [Theory]
    [InlineData("--jwt-issuer", "")]
    [InlineData("--jwt-audience", "")]
    [InlineData("--jwt-audience", "a,,b")]
    [InlineData("--jwt-metadata", "http://issuer.test")]
    [InlineData("--jwt-metadata", "http://127.0.0.1.issuer.test")]
    [InlineData("--jwt-metadata", "http://localhost@issuer.test")]
    [InlineData("--jwt-metadata", "https://me:secret@issuer.test")]
    [InlineData("--jwt-metadata", "issuer.test")]
    [InlineData("--jwt-metadata", "file:///etc/keys")]
    [InlineData("--jwt-keys", "/no/such/file")]
    [InlineData("--jwt-keys", "/")]
    [InlineData("--jwt-keys", "")]
    [InlineData("--jwt-algorithms", "none")]
    [InlineData("--jwt-algorithms", "HS256")]
    [InlineData("--jwt-algorithms", "RS256,HS512")]
    [InlineData("--jwt-algorithms", "rs256")]
    [InlineData("--jwt-clock-skew", "00:01:01")]
    [InlineData("--jwt-clock-skew", "60")]
    [InlineData("--jwt-clock-skew", "-00:00:01")]
    [InlineData("--jwt-subject-claim", " ")]
    [InlineData("--jwt-subject-type", "team")]
    [InlineData("--jwt-subject-type", "system")]
    [InlineData("--jwt-subject-type", "service")]
    [InlineData("--jwt-subject-type", "a:b")]
    [InlineData("--jwt-subject-type", "")]
    [InlineData("--jwt-tenant-claim", "")]
    [InlineData("--jwt-tenants", "a,..")]
    public void Read_BadValue_IsRefusedByName(string flag, string value) =>
        Assert.Contains(flag, Assert.Throws<StartRefusedException>(() => OptionTable.Read([flag, value])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"OKP\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}")]
    public void Read_FileWithoutUsableKeys_IsRefusedByName(string text) =>
        Assert.Contains("--jwt-keys", Assert.Throws<StartRefusedException>(() => OptionTable.Read(["--jwt-keys", Keys(text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FileWithPrivateKey_IsRefusedWithoutShowingIt()
    {
        var key = TestKey.Rsa("k");
        var jwk = key.Jwk();
        jwk["d"] = System.Buffers.Text.Base64Url.EncodeToString(((RSA)key.Pair).ExportParameters(includePrivateParameters: true).D);
        var file = Keys(new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString());

        var refusal = Assert.Throws<StartRefusedException>(() => OptionTable.Read(["--jwt-keys", file]));

        Assert.Contains("public keys only", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(jwk["d"]!.GetValue<string>(), refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--jwt-audience", "--jwt-issuer", "https://issuer.test", "--jwt-metadata", "https://issuer.test")]
    [InlineData("--jwt-issuer", "--jwt-audience", "a", "--jwt-metadata", "https://issuer.test")]
    [InlineData("--jwt-metadata", "--jwt-issuer", "https://issuer.test", "--jwt-audience", "a")]
    [InlineData("--jwt-issuer", "--jwt-clock-skew", "00:00:10")]
    public async Task Start_SomethingMissing_IsRefusedByName(string named, params string[] args)
    {
        var options = OptionTable.Read(["--port", "0", "--data", _directory.Path, .. args]);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => ServerApp.StartAsync(options));

        Assert.StartsWith(named, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Check_TwoWaysOfOneThing_IsRefusedByName()
    {
        var usual = OptionTable.Read(Usual).Http.Jwt!;
        JwtRules.Check(usual);

        Assert.Contains("--jwt-keys", Refusal(OptionTable.Read([.. Usual, "--jwt-keys", Keys(TestKey.Set(TestKey.Rsa("k")))]).Http.Jwt), StringComparison.Ordinal);
        Assert.Contains("--jwt-tenants", Refusal(OptionTable.Read([.. Usual, "--jwt-tenant-claim", "t", "--jwt-tenants", "a"]).Http.Jwt), StringComparison.Ordinal);
        Assert.Contains("--jwt-clock-skew", Refusal(usual with { ClockSkew = TimeSpan.FromSeconds(61) }), StringComparison.Ordinal);
        Assert.Contains("--jwt-algorithms", Refusal(usual with { Algorithms = ["HS256"] }), StringComparison.Ordinal);
        Assert.Contains("--jwt-subject-type", Refusal(usual with { SubjectType = "team" }), StringComparison.Ordinal);

        static string Refusal(Api.Credentials.JwtOptions? options) => Assert.Throws<StartRefusedException>(() => JwtRules.Check(options)).Message;
    }

    [Fact]
    public void Help_TellsEveryOption() => Assert.All(OptionTable.All, option => Assert.Contains(option.Flag, OptionTable.Help, StringComparison.Ordinal));

    private string Keys(string text)
    {
        var path = Path.Combine(_keys.Path, "keys.json");
        File.WriteAllText(path, text);
        return path;
    }
}
