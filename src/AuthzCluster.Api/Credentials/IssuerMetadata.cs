using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace AuthzCluster.Api.Credentials;

/// <summary>
/// The keys that an issuer publishes, read when they are first needed and again as they age. A key that is not among
/// them is looked for at the issuer before its token is refused, so that a new key works at once; but seldom, for
/// anybody can send made-up key ids. While the issuer does not answer, what it last said counts.
/// </summary>
/// <remarks>The library's ConfigurationManager refreshes out of sight: nobody could wait for a new key, nor stop an old one.</remarks>
internal sealed partial class IssuerMetadata(string issuer, Uri address, IDocumentRetriever documents, TimeProvider clock, ILogger log) : IKeySource
{
    /// <summary>Refreshes are apart by at least this.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>What is older is refreshed: first while it is still used, then before, and in the end it is used no more.</summary>
    public static readonly TimeSpan Ageing = TimeSpan.FromMinutes(5), Old = TimeSpan.FromHours(1), Dead = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private volatile Published? _published;
    private Attempt? _last;

    public async ValueTask<IReadOnlyList<SecurityKey>?> FindAsync(string? kid, string algorithm)
    {
        if (_published is { } held && Age(held) < Old && held.Keys.For(kid, algorithm) is { Count: > 0 } found)
        {
            if (Age(held) >= Ageing)
            {
                _ = RefreshAsync();
            }
            return found;
        }
        var isCurrent = await RefreshAsync();
        if (_published is not { } published || Age(published) >= Dead)
        {
            return null;
        }
        var keys = published.Keys.For(kid, algorithm);
        return keys.Count > 0 || isCurrent ? keys : null;
    }

    private TimeSpan Age(Published published) => clock.GetElapsedTime(published.At);

    // Whether the issuer answered. One at a time; who comes while one is under way, or soon after it, gets its outcome.
    private Task<bool> RefreshAsync()
    {
        lock (_gate)
        {
            if (_last is null || (_last.Outcome.IsCompleted && clock.GetElapsedTime(_last.At) >= Pause))
            {
                _last = new Attempt(clock.GetTimestamp(), ReadAsync());
            }
            return _last.Outcome;
        }
    }

    private async Task<bool> ReadAsync()
    {
        await Task.Yield(); // out of the lock
        try
        {
            var at = clock.GetTimestamp();
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(address.AbsoluteUri, documents, CancellationToken.None);
            if (metadata.Issuer != issuer || metadata.JsonWebKeySet is null)
            {
                throw new InvalidDataException(metadata.Issuer != issuer ? "the metadata is of another issuer" : "the metadata names no keys");
            }
            _published = new Published(at, IssuerKeys.Of(metadata.JsonWebKeySet));
            return true;
        }
        catch (Exception e)
        {
            LogUnreadable(e, address);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the keys of the token issuer cannot be read by way of {Address}")]
    private partial void LogUnreadable(Exception e, Uri address);

    private sealed record Published(long At, IssuerKeys Keys);

    private sealed record Attempt(long At, Task<bool> Outcome);
}
