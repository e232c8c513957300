using System.Text.Json.Nodes;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>Keys that come from an issuer's metadata, over HTTP.</summary>
public sealed class JwtMetadataTests : IAsyncLifetime
{
    private static readonly TestKey Rsa = TestKey.Rsa("rsa-1"), Ec = TestKey.Ec("ec-1"), Next = TestKey.Rsa("rsa-2"), Unknown = TestKey.Rsa("unknown");
    private OidcEndpoint _issuer = null!;
    private JwtProbe _probe = null!;

    public async Task InitializeAsync()
    {
        _issuer = await OidcEndpoint.StartAsync(Rsa, Ec);
        _probe = Probe(_issuer.Url.AbsoluteUri);
    }

    public async Task DisposeAsync()
    {
        _probe.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Read_RsaAndEc_AreTakenWithOneLook()
    {
        Assert.Equal(0, _issuer.Reads);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _probe.TakesAsync(Token(i % 2 == 0 ? Rsa : Ec))));
        Assert.Equal(1, _issuer.Reads);
        Assert.Empty(_probe.Log);
    }

    [Fact]
    public async Task Read_IssuerRolledItsKeys_NewIsTakenAtOnceAndOldNoMore()
    {
        await _probe.TakesAsync(Token(Rsa));
        _issuer.Keys = [Next, Ec];
        _probe.Time.Advance(IssuerMetadata.Pause);

        await _probe.TakesAsync(Token(Next));
        await _probe.RefusesAsync(Token(Rsa));
        await _probe.TakesAsync(Token(Ec));
    }

    [Fact]
    public async Task Read_SameKeyIdAnotherKey_NewIsTakenOnceTheOldAged()
    {
        var replaced = TestKey.Rsa("rsa-1");
        await _probe.TakesAsync(Token(Rsa));
        _issuer.Keys = [replaced];
        _probe.Time.Advance(IssuerMetadata.Old);

        await _probe.TakesAsync(Later(replaced));
        await _probe.RefusesAsync(Later(Rsa));
    }

    [Fact]
    public async Task Read_KeyWithdrawnAndNobodyAsksForANewOne_IsRefusedOnceTheOldAged()
    {
        await _probe.TakesAsync(Token(Rsa));
        _issuer.Keys = [Next];
        _probe.Time.Advance(IssuerMetadata.Ageing);

        await _probe.ReadAsync(Token(Rsa)); // starts the look behind it
        await _probe.RefusesAsync(Token(Unknown)); // waits for that look
        await _probe.RefusesAsync(Token(Rsa));
        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task Read_ManyMadeUpKeyIds_AskTheIssuerOncePerPause()
    {
        await _probe.TakesAsync(Token(Rsa));
        for (var i = 0; i < 50; i++)
        {
            await _probe.RefusesAsync(Unknown.Sign(JwtProbe.Claims().ToJsonString(), new JsonObject { ["alg"] = "RS256", ["kid"] = $"made-up-{i}" }));
        }
        Assert.Equal(1, _issuer.Reads);
        _probe.Time.Advance(IssuerMetadata.Pause);
        for (var i = 0; i < 50; i++)
        {
            await _probe.RefusesAsync(Token(Unknown));
        }
        Assert.Equal(2, _issuer.Reads);
        await _probe.TakesAsync(Token(Rsa));
    }

    [Fact]
    public async Task Read_IssuerDownFromTheStart_CannotBeToldUntilItAnswers()
    {
        _issuer.IsDown = true;
        await _probe.CannotTellAsync(Token(Rsa));
        await _probe.CannotTellAsync(Token(Unknown));
        Assert.Equal(1, _issuer.Reads);
        Assert.Single(_probe.Log);

        _issuer.IsDown = false;
        await _probe.CannotTellAsync(Token(Rsa));
        _probe.Time.Advance(IssuerMetadata.Pause);
        await _probe.TakesAsync(Token(Rsa));
    }

    [Fact]
    public async Task Read_IssuerDownLater_KnownKeysCountForADayAndUnknownCannotBeTold()
    {
        await _probe.TakesAsync(Token(Rsa));
        _issuer.IsDown = true;
        _probe.Time.Advance(IssuerMetadata.Old);

        await _probe.TakesAsync(Later(Rsa));
        await _probe.CannotTellAsync(Later(Next));
        _issuer.IsDown = false;
        _issuer.Keys = [Next];
        _probe.Time.Advance(IssuerMetadata.Pause);
        await _probe.TakesAsync(Later(Next));

        _issuer.IsDown = true;
        _probe.Time.Advance(IssuerMetadata.Dead);
        await _probe.CannotTellAsync(Later(Next));
    }

    [Fact]
    public async Task Read_IssuerUnreachable_CannotBeTold()
    {
        await _issuer.DisposeAsync();
        using var probe = Probe("http://127.0.0.1:9");
        await probe.CannotTellAsync(Token(Rsa));
    }

    [Fact]
    public async Task Read_MetadataOfAnotherIssuer_CannotBeTold()
    {
        _issuer.Issuer = "https://foreign.test";
        await _probe.CannotTellAsync(Token(Rsa));
        Assert.Single(_probe.Log);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Read_KeysAreNoKeys_LastGoodOnesCount(string text)
    {
        await _probe.TakesAsync(Token(Rsa));
        _issuer.KeysText = text;
        _probe.Time.Advance(IssuerMetadata.Old);
        await _probe.TakesAsync(Later(Rsa));
        Assert.Single(_probe.Log);
    }

    [Fact]
    public async Task Read_HugeAnswer_CannotBeTold()
    {
        _issuer.KeysText = TestKey.Set(Rsa) + new string(' ', 2 * 1024 * 1024);
        await _probe.CannotTellAsync(Token(Rsa));
    }

    [Fact]
    public async Task Read_UnusableKeys_AreLeftOut()
    {
        var (other, short_) = (TestKey.Rsa("enc"), TestKey.Rsa("short", bits: 1024));
        var jwk = other.Jwk();
        jwk["use"] = "enc";
        var secret = new JsonObject { ["kty"] = "oct", ["kid"] = "oct", ["k"] = TestIssuer.Part("0123456789abcdef0123456789abcdef") };
        _issuer.KeysText = new JsonObject { ["keys"] = new JsonArray(jwk, short_.Jwk(), secret, new JsonObject { ["kty"] = "OKP" }, Rsa.Jwk()) }.ToJsonString();

        await _probe.TakesAsync(Token(Rsa));
        await _probe.RefusesAsync(Token(other));
        await _probe.RefusesAsync(Token(short_));
    }

    [Fact]
    public async Task Read_KeyForAnotherAlgorithm_IsRefused()
    {
        var jwk = Rsa.Jwk();
        jwk["alg"] = "PS256";
        _issuer.KeysText = new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();

        await _probe.RefusesAsync(Token(Rsa));
        await _probe.TakesAsync(Token(Rsa with { Algorithm = "PS256" }));
    }

    [Theory]
    [InlineData("http://keys.test/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("keys")]
    public async Task Read_KeysAtAnUnsafeAddress_AreNotFetched(string address)
    {
        _issuer.KeysAt = address;
        await _probe.CannotTellAsync(Token(Rsa));
        Assert.Contains("not https", Assert.Single(_probe.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MetadataElsewhere_IsNotFollowed()
    {
        _issuer.PointsOn = true;
        await _probe.CannotTellAsync(Token(Rsa));
        Assert.Equal(1, _issuer.Reads);
    }

    [Fact]
    public async Task Read_SlowIssuer_IsAskedOnceAndEveryoneIsAnswered()
    {
        var gate = new TaskCompletionSource();
        _issuer.Gate = gate.Task;
        var waiting = Enumerable.Range(0, 20).Select(_ => _probe.TakesAsync(Token(Rsa))).ToList();
        gate.SetResult();

        await Task.WhenAll(waiting);
        Assert.Equal(1, _issuer.Reads);
    }

    [Theory]
    [InlineData("/realms/acme")]
    [InlineData("/realms/acme/")]
    [InlineData("/realms/acme/.well-known/openid-configuration")]
    public async Task Read_IssuerUnderAPath_IsFound(string path)
    {
        using var probe = Probe(new Uri(_issuer.Url, path).AbsoluteUri);
        await probe.TakesAsync(Token(Rsa));
    }

    [Fact]
    public async Task Log_OfFailures_HoldsNoToken()
    {
        _issuer.IsDown = true;
        var token = Token(Rsa);
        await _probe.CannotTellAsync(token);
        Assert.DoesNotContain(token.Split('.'), part => _probe.Log.Any(line => line.Contains(part, StringComparison.Ordinal)));
        Assert.False(Microsoft.IdentityModel.Logging.IdentityModelEventSource.ShowPII);
        Assert.False(Microsoft.IdentityModel.Logging.IdentityModelEventSource.LogCompleteSecurityArtifact);
    }

    private static JwtProbe Probe(string address) => new(new JwtOptions
    {
        Issuer = TestIssuer.Name,
        Audiences = [TestIssuer.Audience],
        Metadata = MetadataAddress.Parse(address),
        TenantClaim = TestIssuer.TenantClaim,
    });

    private static string Token(TestKey key) => key.Sign(JwtProbe.Claims().ToJsonString());

    // For a clock that has moved by days.
    private static string Later(TestKey key)
    {
        var claims = JwtProbe.Claims();
        claims["exp"] = JwtProbe.Start.AddYears(1).ToUnixTimeSeconds();
        return key.Sign(claims.ToJsonString());
    }
}
