using System.Text;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>Mutated tokens: whatever comes, it is refused in silence.</summary>
public sealed class JwtFuzzTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \"{}[]:,\\\u0000é";

    [Fact]
    public async Task Read_MutatedToken_IsRefusedWithoutException()
    {
        var (issuer, random) = (new TestIssuer(), new Random(20260701));
        using var probe = new JwtProbe(issuer.Options);
        var token = issuer.Token(JwtProbe.Claims());
        await probe.TakesAsync(token);

        for (var i = 0; i < 5_000; i++)
        {
            var mutant = Mutate(token, random);
            if (mutant != token)
            {
                await probe.RefusesAsync(mutant);
            }
        }
        Assert.Empty(probe.Log);
    }

    [Fact]
    public async Task Read_MutatedJsonOfAnotherSigner_IsRefusedWithoutException()
    {
        var (issuer, foreign, random) = (new TestIssuer(), TestKey.Rsa("rsa-1"), new Random(20260702));
        using var probe = new JwtProbe(issuer.Options);
        var (header, payload) = ("""{"alg":"RS256","kid":"rsa-1","typ":"JWT"}""", JwtProbe.Claims().ToJsonString());

        for (var i = 0; i < 1_000; i++)
        {
            await probe.RefusesAsync(foreign.Sign(i % 2 == 0 ? Mutate(header, random) : header, i % 2 == 0 ? payload : Mutate(payload, random)));
        }
    }

    // Signed by the issuer itself: whatever it says, there is an answer, and an accepted one is of whom it names.
    [Fact]
    public async Task Read_MutatedJsonOfTheIssuer_IsAnsweredWithoutException()
    {
        var (issuer, random) = (new TestIssuer(), new Random(20260703));
        using var probe = new JwtProbe(issuer.Options);
        var (header, payload) = ("""{"alg":"RS256","kid":"rsa-1","typ":"JWT"}""", JwtProbe.Claims().ToJsonString());

        for (var i = 0; i < 1_000; i++)
        {
            var result = await probe.ReadAsync(issuer.Key.Sign(i % 2 == 0 ? Mutate(header, random) : header, i % 2 == 0 ? payload : Mutate(payload, random)));
            Assert.Null(result.Error);
            if (result.Value is Credential credential)
            {
                Assert.Equal("user", credential.Subject.Type);
                Assert.NotEmpty(credential.Tenants);
                Assert.True(credential.ExpiresAt > JwtProbe.Start);
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        var changed = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0 && changed.Length > 0; times--)
        {
            var at = random.Next(changed.Length);
            switch (random.Next(5))
            {
                case 0: changed[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                case 1: changed.Remove(at, 1); break;
                case 2: changed.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                case 3: changed.Length = at; break;
                default: changed.Insert(at, changed.ToString(at, random.Next(changed.Length - at))); break;
            }
        }
        return changed.ToString();
    }
}
