using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;

namespace AuthzCluster.Hosting.Evidence;

/// <summary>Signs as JWS in compact form, ES256, with keys that are in the store.</summary>
internal sealed class JwsSigner(IActorStore store, TimeProvider time) : ISigner
{
    private const int LongestSigned = 4096;

    private readonly SigningKeys _keys = new(store, time);

    /// <inheritdoc/>
    public async ValueTask<string> SignAsync(string type, byte[] payload)
    {
        var key = await _keys.CurrentAsync().ConfigureAwait(false);
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header(type, key.Told.Id)))}.{Base64Url.EncodeToString(payload)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]?> OpenAsync(string type, string signed)
    {
        // Whoever asks has not been believed yet.
        if (signed.Length > LongestSigned || signed.Split('.') is not [var header, var payload, var signature] || !TryDecode(signature, out var signatureBytes)
            || !TryDecode(payload, out var payloadBytes) || !TryDecode(header, out var headerBytes) || KeyOf(headerBytes) is not { } id)
        {
            return null;
        }
        var key = (await _keys.ListAsync().ConfigureAwait(false)).FirstOrDefault(known => known.Told.Id == id);
        // No header but the one that is written here, so none of another algorithm or use.
        return key is not null && headerBytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Header(type, id)))
            && key.Verifies(Encoding.ASCII.GetBytes($"{header}.{payload}"), signatureBytes) ? payloadBytes : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SigningKey>> ListKeysAsync() => [.. (await _keys.ListAsync().ConfigureAwait(false)).Select(key => key.Told)];

    private static string Header(string type, string key) => $$"""{"alg":"ES256","kid":"{{key}}","typ":"{{type}}"}""";

    private static string? KeyOf(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("kid", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
        {
            return false;
        }
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
