using System.Buffers.Text;
using System.Text.Json;

namespace AuthzCluster.Api.Credentials;

/// <summary>
/// A signed token taken apart, before anything in it is believed. Stricter than the signature needs: no member twice,
/// one way only to write it, no extension that we do not know.
/// </summary>
/// <param name="Algorithm">How it says that it is signed.</param>
/// <param name="KeyId">By which key; null: it does not say.</param>
/// <param name="Claims">What it says.</param>
internal sealed record JwtText(string Algorithm, string? KeyId, JsonElement Claims)
{
    /// <summary>In characters.</summary>
    public const int Longest = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    // Tokens of other uses, such as a logout's, are signed with the same keys.
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>Takes a token apart; null: it is none.</summary>
    public static JwtText? Read(string token)
    {
        if (token.Length > Longest || token.Split('.') is not [var head, var body, var signature] || Decode(signature) is not { Length: > 0 })
        {
            return null;
        }
        if (Object(head) is not { } header || Object(body) is not { } claims || header.TryGetProperty("crit", out _))
        {
            return null;
        }
        if (Member(header, "alg") is not { } algorithm || (header.TryGetProperty("kid", out _) && Member(header, "kid") is null))
        {
            return null;
        }
        var isOurs = !header.TryGetProperty("typ", out _) || Types.Contains(Member(header, "typ"), StringComparer.OrdinalIgnoreCase);
        return isOurs ? new JwtText(algorithm, Member(header, "kid"), claims) : null;
    }

    /// <summary>A text; null: it is none, or no Unicode.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? Text(member) : null;

    private static JsonElement? Object(string part)
    {
        try
        {
            return Decode(part) is { } json && JsonElement.Parse(json, Strict) is { ValueKind: JsonValueKind.Object } value ? value : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) && Base64Url.DecodeFromChars(part) is var bytes && Base64Url.EncodeToString(bytes) == part ? bytes : null;
}
