using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>Reads a token's claims. Whether they are true is for the signature to say.</summary>
internal static class JwtClaims
{
    private const double FirstSecond = 0, LastSecond = 253_402_300_000; // from 1970 into the year 9999

    /// <summary>The credential of a token that says all that it must, and is valid at <paramref name="now"/>; null: it is not.</summary>
    public static Credential? Read(JsonElement claims, JwtOptions options, DateTimeOffset now)
    {
        if (!HasForm(claims) || Id(claims, options.SubjectClaim) is not { } subject || Tenants(claims, options) is not { Count: > 0 } tenants)
        {
            return null;
        }
        if (Time(claims, "exp") is not { } end || now >= end + options.ClockSkew)
        {
            return null;
        }
        if (claims.TryGetProperty("nbf", out _) && (Time(claims, "nbf") is not { } start || now < start - options.ClockSkew))
        {
            return null;
        }
        return new Credential(new SubjectId(options.SubjectType, subject), tenants) { ExpiresAt = end + options.ClockSkew };
    }

    // The library compares these afterwards, but is lenient about their types.
    private static bool HasForm(JsonElement claims) =>
        claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String
        && claims.TryGetProperty("aud", out var audience) && Texts(audience) is not null;

    // Seconds, whole or broken; null: absent, or no time.
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds) && seconds is >= FirstSecond and <= LastSecond
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static string? Id(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && JwtText.Text(value) is { } id && Ids.Fault(id) is null ? id : null;

    private static IReadOnlyList<TenantId>? Tenants(JsonElement claims, JwtOptions options)
    {
        if (options.TenantClaim is not { } name)
        {
            return options.Tenants ?? [TenantId.Default];
        }
        return claims.TryGetProperty(name, out var value) && Texts(value) is { } ids && ids.All(id => Ids.Fault(id) is null)
            ? [.. ids.Distinct().Select(id => new TenantId(id))]
            : null;
    }

    // One text or a list of texts; null: neither.
    private static IReadOnlyList<string>? Texts(JsonElement value)
    {
        string?[] texts = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(JwtText.Text)] : [JwtText.Text(value)];
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }
}
