using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthzCluster.Api.Credentials;

/// <summary>
/// Reads JWT bearer tokens of one issuer. Keys come from the issuer's metadata or from the options, never from the token.
/// Says to nobody why it refused one, and never writes one down.
/// </summary>
public sealed class JwtReader : ICredentialReader, IDisposable
{
    private const string KeyPrefix = "authzk_";
    private static readonly AuthzError Unavailable = new(ErrorCode.Unavailable, "the issuer of the token cannot be asked for its keys");

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = JwtText.Longest };
    private readonly MetadataDocuments _documents = new();
    private readonly JwtOptions _options;
    private readonly TimeProvider _clock;
    private readonly IKeySource _keys;

    /// <summary>Over checked options. Asks nobody yet.</summary>
    /// <param name="options">The issuer, and what its tokens must say.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Where failures to read the issuer's metadata go.</param>
    public JwtReader(JwtOptions options, TimeProvider clock, ILogger<JwtReader> log)
    {
        _options = options;
        _clock = clock;
        _keys = options.Keys is { } keys ? new StaticKeys(keys) : new IssuerMetadata(options.Issuer, options.Metadata!, _documents, clock, log);
    }

    /// <inheritdoc/>
    public bool Reads(string token) => token.AsSpan().Count('.') == 2 && !token.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<Result<Credential?>> ReadAsync(string token)
    {
        if (JwtText.Read(token) is not { } text || !_options.Algorithms.Contains(text.Algorithm)
            || JwtClaims.Read(text.Claims, _options, _clock.GetUtcNow()) is not { } credential)
        {
            return Nobody();
        }
        var keys = await _keys.FindAsync(text.KeyId, text.Algorithm);
        if (keys is null)
        {
            return Unavailable;
        }
        return keys.Count > 0 && (await _handler.ValidateTokenAsync(token, Rules(keys))).IsValid ? credential : Nobody();
    }

    /// <inheritdoc/>
    public void Dispose() => _documents.Dispose();

    private static Result<Credential?> Nobody() => (Credential?)null;

    private TokenValidationParameters Rules(IReadOnlyList<SecurityKey> keys) => new()
    {
        IssuerSigningKeys = keys,
        ValidAlgorithms = _options.Algorithms,
        ValidIssuer = _options.Issuer,
        ValidAudiences = _options.Audiences,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidateLifetime = false, // JwtClaims has done it, by our clock
    };
}
