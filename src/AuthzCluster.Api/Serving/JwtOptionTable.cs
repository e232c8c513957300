using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Api.Serving;

/// <summary>What can be set of JWT bearer tokens. What they must be together: <see cref="JwtRules"/>.</summary>
internal static class JwtOptionTable
{
    private const int LongestId = 256;

    public static IReadOnlyList<Option<JwtOptions>> All { get; } =
    [
        new("--jwt-issuer", "JwtIssuer", "whose JWT bearer tokens are taken, as `iss` says it (default: nobody's)", (jwt, text) => jwt with { Issuer = OptionText.NotBlank(text) }),
        new("--jwt-audience", "JwtAudience", "one of these must be in a token's `aud`", (jwt, text) => jwt with { Audiences = OptionText.List(text) }),
        new("--jwt-metadata", "JwtMetadata", "the issuer's address, or that of its OpenID metadata, to read its keys from", (jwt, text) => jwt with { Metadata = MetadataAddress.Parse(text) }),
        new("--jwt-keys", "JwtKeys", "file with the issuer's public keys (JSON Web Key Set), in place of --jwt-metadata", (jwt, text) => jwt with { Keys = Keys(text) }),
        new("--jwt-algorithms", "JwtAlgorithms", $"the signatures that are taken (default {string.Join(',', JwtOptions.KnownAlgorithms)})", (jwt, text) => jwt with { Algorithms = Algorithms(text) }),
        new("--jwt-clock-skew", "JwtClockSkew", "by how much the issuer's clock may differ, hh:mm:ss (default, and at most, 00:01:00)", (jwt, text) => jwt with { ClockSkew = OptionText.Time(text, TimeSpan.Zero, JwtOptions.LongestClockSkew) }),
        new("--jwt-subject-claim", "JwtSubjectClaim", "the claim with the subject's id (default sub)", (jwt, text) => jwt with { SubjectClaim = OptionText.NotBlank(text) }),
        new("--jwt-subject-type", "JwtSubjectType", "the type of the subjects (default user)", (jwt, text) => jwt with { SubjectType = SubjectType(text) }),
        new("--jwt-tenant-claim", "JwtTenantClaim", "the claim with the tenants where a token is valid, a text or a list of them", (jwt, text) => jwt with { TenantClaim = OptionText.NotBlank(text) }),
        new("--jwt-tenants", "JwtTenants", "where every token is valid, if no claim says it (default default)", (jwt, text) => jwt with { Tenants = [.. OptionText.List(text).Select(id => new TenantId(Id(id)))] }),
    ];

    private static string Id(string text) =>
        text.Length > LongestId || text is "." or ".." || text.Any(char.IsControl) ? throw new FormatException($"must be ids of at most {LongestId} characters") : text;

    private static IReadOnlyList<string> Algorithms(string text)
    {
        var algorithms = OptionText.List(text);
        return algorithms.Except(JwtOptions.KnownAlgorithms).Any()
            ? throw new FormatException($"must be some of {string.Join(',', JwtOptions.KnownAlgorithms)}") : algorithms;
    }

    private static string SubjectType(string text) =>
        Id(OptionText.NotBlank(text)).Contains(':', StringComparison.Ordinal) || !JwtRules.IsSubjectType(text)
            ? throw new FormatException("must be a type without a colon, and none of team, system and service") : text;

    private static IssuerKeys Keys(string path)
    {
        try
        {
            return IssuerKeys.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new FormatException(e is FormatException ? $"must name a file, which {e.Message}" : "must name a file that can be read", e);
        }
    }
}
