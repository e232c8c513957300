using System.Text.Json.Nodes;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>What a token that is signed well must say.</summary>
public sealed class JwtClaimTests : IDisposable
{
    private static readonly TestIssuer Issuer = new();
    private static readonly long Start = JwtProbe.Start.ToUnixTimeSeconds();
    private readonly JwtProbe _probe = new(Issuer.Options);

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task Read_GoodToken_IsTheUserInItsTenantsUntilItExpires()
    {
        var credential = await _probe.TakesAsync(Issuer.Token(TestIssuer.Claims("alice", JwtProbe.Start, "acme", "umbrella", "acme")));

        Assert.Equal(SubjectId.User("alice"), credential.Subject);
        Assert.Equal([new TenantId("acme"), new TenantId("umbrella")], credential.Tenants);
        Assert.Equal(JwtProbe.Start.AddHours(1).AddSeconds(60), credential.ExpiresAt);
        Assert.Null(credential.NarrowedTo);
    }

    [Theory]
    [InlineData("""{"aud": ["other", "authz-tests"]}""")]
    [InlineData("""{"tenants": "acme"}""")]
    [InlineData("""{"nbf": null}""", "nbf")]
    [InlineData("""{"iat": null}""", "iat")]
    [InlineData("""{"extra": {"deep": [1, null, "x"]}}""")]
    [InlineData("""{"sub": "a|b:c#d/e+f%g ü😀"}""")]
    public async Task Read_OtherGoodClaims_IsTaken(string change, string? without = null)
    {
        var claims = Changed(change);
        claims.Remove(without ?? "");

        await _probe.TakesAsync(Issuer.Token(claims));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("sub")]
    [InlineData("tenants")]
    public async Task Read_ClaimMissingOrOfAnotherKind_IsRefused(string claim)
    {
        var claims = JwtProbe.Claims();
        claims.Remove(claim);
        await _probe.RefusesAsync(Issuer.Token(claims));
        foreach (var odd in new[] { "null", "true", "{}", "[]", "[[]]", "[null]", "\"\"", "[\"\"]", "-1", "1e400", "\"\\ud800\"", "{\"acme\": 1}" })
        {
            await _probe.RefusesAsync(Issuer.Key.Sign($"{claims.ToJsonString()[..^1]},\"{claim}\":{odd}}}"));
        }
    }

    [Theory]
    [InlineData("""{"iss": "https://issuer.test/"}""")]
    [InlineData("""{"iss": "https://ISSUER.test"}""")]
    [InlineData("""{"iss": "https://foreign.test"}""")]
    [InlineData("""{"iss": ["https://issuer.test"]}""")]
    [InlineData("""{"aud": "authz-tests/"}""")]
    [InlineData("""{"aud": "AUTHZ-TESTS"}""")]
    [InlineData("""{"aud": "authz"}""")]
    [InlineData("""{"aud": ["other", "another"]}""")]
    [InlineData("""{"aud": ["authz-tests", 1]}""")]
    [InlineData("""{"aud": "other authz-tests"}""")]
    [InlineData("""{"aud": {"authz-tests": "authz-tests"}}""")]
    [InlineData("""{"sub": 7}""")]
    [InlineData("""{"sub": ["alice"]}""")]
    [InlineData("""{"sub": "."}""")]
    [InlineData("""{"sub": ".."}""")]
    [InlineData("""{"sub": "a\u0000b"}""")]
    [InlineData("""{"sub": "a\nb"}""")]
    [InlineData("""{"tenants": ["acme", ""]}""")]
    [InlineData("""{"tenants": ["acme", ".."]}""")]
    [InlineData("""{"tenants": ["acme", 7]}""")]
    [InlineData("""{"tenants": ["acme", null]}""")]
    [InlineData("""{"tenants": ["acme", "a\tb"]}""")]
    [InlineData("""{"tenants": [["acme"]]}""")]
    [InlineData("""{"nbf": "0"}""")]
    [InlineData("""{"nbf": 1e300}""")]
    [InlineData("""{"exp": "9999999999"}""")]
    [InlineData("""{"exp": 1e300}""")]
    [InlineData("""{"exp": 999999999999}""")]
    public async Task Read_OddOrForeignClaim_IsRefused(string change) => await _probe.RefusesAsync(Issuer.Token(Changed(change)));

    [Fact]
    public async Task Read_SubjectTooLong_IsRefused()
    {
        await _probe.TakesAsync(Issuer.Token(Changed($$"""{"sub": "{{new string('x', 256)}}"}""")));
        await _probe.RefusesAsync(Issuer.Token(Changed($$"""{"sub": "{{new string('x', 257)}}"}""")));
    }

    [Fact]
    public async Task Read_ClaimTwice_IsRefused()
    {
        var claims = JwtProbe.Claims().ToJsonString();
        foreach (var again in new[] { "\"sub\":\"bob\"", "\"s\\u0075b\":\"bob\"", "\"tenants\":\"system\"", "\"exp\":9999999999", "\"x\":{\"y\":1,\"y\":2}" })
        {
            await _probe.RefusesAsync(Issuer.Key.Sign(claims[..^1] + "," + again + "}"));
            await _probe.RefusesAsync(Issuer.Key.Sign("{" + again + "," + claims[1..]));
        }
        await _probe.TakesAsync(Issuer.Key.Sign(claims));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(3600, false)]
    public async Task Read_AfterExpiry_IsTakenWithinTheSkewOnly(int seconds, bool isTaken)
    {
        var token = Issuer.Token(Changed($$"""{"exp": {{Start - seconds}}, "nbf": 0}"""));
        Assert.Equal(isTaken, (await _probe.ReadAsync(token)).Value is not null);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(3600, false)]
    public async Task Read_BeforeNotBefore_IsTakenWithinTheSkewOnly(int seconds, bool isTaken)
    {
        var token = Issuer.Token(Changed($$"""{"nbf": {{Start + seconds}}, "exp": {{Start + 7200}}}"""));
        Assert.Equal(isTaken, (await _probe.ReadAsync(token)).Value is not null);
    }

    [Fact]
    public async Task Read_NoSkew_TimesAreExact()
    {
        using var probe = new JwtProbe(Issuer.Options with { ClockSkew = TimeSpan.Zero });
        var token = Issuer.Token(Changed($$"""{"nbf": {{Start + 1}}, "exp": {{Start + 2}}}"""));

        await probe.RefusesAsync(token);
        probe.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JwtProbe.Start.AddSeconds(2), (await probe.TakesAsync(token)).ExpiresAt);
        probe.Time.Advance(TimeSpan.FromSeconds(1));
        await probe.RefusesAsync(token);
    }

    [Fact]
    public async Task Read_OtherSubjectClaimAndType_AreTaken()
    {
        using var probe = new JwtProbe(Issuer.Options with { SubjectClaim = "https://claims.test/id", SubjectType = "client" });

        var credential = await probe.TakesAsync(Issuer.Token(Changed("""{"https://claims.test/id": "ci", "type": "team"}""")));

        Assert.Equal(new SubjectId("client", "ci"), credential.Subject);
        await probe.RefusesAsync(Issuer.Token(JwtProbe.Claims()));
    }

    [Fact]
    public async Task Read_NoTenantClaimConfigured_IsTheConfiguredTenantsWhateverTheTokenSays()
    {
        using var usual = new JwtProbe(Issuer.Options with { TenantClaim = null });
        Assert.Equal([TenantId.Default], (await usual.TakesAsync(Issuer.Token(Changed("""{"tenants": "system"}""")))).Tenants);
        using var listed = new JwtProbe(Issuer.Options with { TenantClaim = null, Tenants = [new TenantId("a"), new TenantId("b")] });
        Assert.Equal([new TenantId("a"), new TenantId("b")], (await listed.TakesAsync(Issuer.Token(JwtProbe.Claims()))).Tenants);
    }

    private static JsonObject Changed(string change)
    {
        var claims = JwtProbe.Claims();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            claims[name] = value?.DeepClone();
        }
        return claims;
    }
}
