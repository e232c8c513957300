using System.Globalization;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Server.Configuration;

/// <summary>What can be set of JWT bearer tokens. What they must be together: <see cref="JwtRules"/>.</summary>
internal static class JwtOptionTable
{
    private const int LongestId = 256;

    public static IReadOnlyList<Option> All { get; } =
    [
        Of("--jwt-issuer", "JwtIssuer", "whose JWT bearer tokens are taken, as `iss` says it (default: nobody's)", (jwt, text) => jwt with { Issuer = Text(text) }),
        Of("--jwt-audience", "JwtAudience", "one of these must be in a token's `aud`", (jwt, text) => jwt with { Audiences = List(text) }),
        Of("--jwt-metadata", "JwtMetadata", "the issuer's address, or that of its OpenID metadata, to read its keys from", (jwt, text) => jwt with { Metadata = MetadataAddress.Parse(text) }),
        Of("--jwt-keys", "JwtKeys", "file with the issuer's public keys (JSON Web Key Set), in place of --jwt-metadata", (jwt, text) => jwt with { Keys = Keys(text) }),
        Of("--jwt-algorithms", "JwtAlgorithms", $"the signatures that are taken (default {string.Join(',', JwtOptions.KnownAlgorithms)})", (jwt, text) => jwt with { Algorithms = Algorithms(text) }),
        Of("--jwt-clock-skew", "JwtClockSkew", "by how much the issuer's clock may differ, hh:mm:ss (default, and at most, 00:01:00)", (jwt, text) => jwt with { ClockSkew = ClockSkew(text) }),
        Of("--jwt-subject-claim", "JwtSubjectClaim", "the claim with the subject's id (default sub)", (jwt, text) => jwt with { SubjectClaim = Text(text) }),
        Of("--jwt-subject-type", "JwtSubjectType", "the type of the subjects (default user)", (jwt, text) => jwt with { SubjectType = SubjectType(text) }),
        Of("--jwt-tenant-claim", "JwtTenantClaim", "the claim with the tenants where a token is valid, a text or a list of them", (jwt, text) => jwt with { TenantClaim = Text(text) }),
        Of("--jwt-tenants", "JwtTenants", "where every token is valid, if no claim says it (default default)", (jwt, text) => jwt with { Tenants = [.. List(text).Select(id => new TenantId(Id(id)))] }),
    ];

    private static Option Of(string flag, string name, string help, Func<JwtOptions, string, JwtOptions> apply) =>
        new(flag, name, help, (options, text) => options with { Jwt = apply(options.Jwt ?? new JwtOptions(), text) });

    private static string Text(string text) => string.IsNullOrWhiteSpace(text) ? throw new FormatException("must not be blank") : text;

    private static string Id(string text) =>
        text.Length > LongestId || text is "." or ".." || text.Any(char.IsControl) ? throw new FormatException($"must be ids of at most {LongestId} characters") : text;

    private static IReadOnlyList<string> List(string text)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        return items.Any(string.IsNullOrEmpty) ? throw new FormatException("must be one or more, with commas between them") : items;
    }

    private static IReadOnlyList<string> Algorithms(string text)
    {
        var algorithms = List(text);
        return algorithms.Except(JwtOptions.KnownAlgorithms).Any()
            ? throw new FormatException($"must be some of {string.Join(',', JwtOptions.KnownAlgorithms)}") : algorithms;
    }

    private static TimeSpan ClockSkew(string text) =>
        TimeSpan.TryParseExact(text, "hh\\:mm\\:ss", CultureInfo.InvariantCulture, out var time) && time <= JwtOptions.LongestClockSkew
            ? time : throw new FormatException("must be hh:mm:ss, from 00:00:00 to 00:01:00");

    private static string SubjectType(string text) =>
        Id(Text(text)).Contains(':', StringComparison.Ordinal) || !JwtRules.IsSubjectType(text)
            ? throw new FormatException("must be a type without a colon, and none of team, system and service") : text;

    private static SigningKeys Keys(string path)
    {
        try
        {
            return SigningKeys.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new FormatException(e is FormatException ? $"must name a file, which {e.Message}" : "must name a file that can be read", e);
        }
    }
}
