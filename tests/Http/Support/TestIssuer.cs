using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Credentials;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>An issuer of tokens with keys of its own. What it makes is made by hand, so that it can also make what no library would.</summary>
public sealed class TestIssuer
{
    public const string Name = "https://issuer.test", Audience = "authz-tests", TenantClaim = "tenants";

    /// <summary>What it signs with, unless told otherwise.</summary>
    public TestKey Key { get; } = TestKey.Rsa("rsa-1");

    /// <summary>Of a server that takes its tokens, by its keys.</summary>
    public JwtOptions Options => new()
    {
        Issuer = Name,
        Audiences = [Audience],
        Keys = IssuerKeys.Parse(TestKey.Set(Key)),
        TenantClaim = TenantClaim,
    };

    /// <summary>A good token of a user, valid for an hour from now on.</summary>
    public string TokenOf(string user, params string[] tenants) => Token(Claims(user, DateTimeOffset.UtcNow, tenants));

    /// <summary>The claims of a good token; to be changed at will.</summary>
    public static JsonObject Claims(string user, DateTimeOffset now, params string[] tenants) => new()
    {
        ["iss"] = Name,
        ["aud"] = Audience,
        ["sub"] = user,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        [TenantClaim] = new JsonArray([.. tenants.Select(tenant => JsonValue.Create(tenant))]),
    };

    /// <summary>A token that says this, signed by <paramref name="key"/> or by <see cref="Key"/>.</summary>
    public string Token(JsonNode claims, TestKey? key = null, JsonObject? header = null) => (key ?? Key).Sign(claims.ToJsonString(), header);

    /// <summary>Base64url of a text.</summary>
    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
