using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// API keys. One belongs to the tenant it was made in: from another it is not found. A key that was revoked is not found
/// either; one that has expired is, until it is revoked. Errors besides: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IApiKeys
{
    /// <summary>Makes a key; nowhere else is its token ever told.</summary>
    Task<Result<IssuedKey>> CreateAsync(TenantId tenant, ApiKeyDraft draft, Caller caller);

    /// <summary>Finds a key.</summary>
    Task<Result<ApiKey>> GetAsync(TenantId tenant, ApiKeyId key);

    /// <summary>Lists keys, the oldest first. A page may have fewer than <paramref name="limit"/> and not be the last.</summary>
    Task<Result<Page<ApiKey>>> ListAsync(TenantId tenant, string? after, int limit);

    /// <summary>
    /// Gives a key another token. The one it had is taken for <paramref name="overlap"/> more: zero to 30 days, null a day;
    /// one before that no longer. An expired key: <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    Task<Result<IssuedKey>> RotateAsync(TenantId tenant, ApiKeyId key, TimeSpan? overlap, Caller caller);

    /// <summary>Ends a key: no look-up that starts afterwards finds it. Its assignments are revoked.</summary>
    Task<Result<ApiKey>> RevokeAsync(TenantId tenant, ApiKeyId key, Caller caller);

    /// <summary>
    /// The key that a token opens; null: none, be it unknown, wrong, revoked or expired. Reads storage and keeps nothing, so
    /// that guesses cost no memory; compares in constant time.
    /// </summary>
    ValueTask<Result<OpenedKey?>> FindAsync(string token);

    /// <summary>A key was used. Noted in its own time: costs the request nothing, and a crash may lose it.</summary>
    void Touch(ApiKeyId key);

    /// <summary>
    /// The key that the installation begins with, with this token: made where there is none; given this token, and this
    /// alone, where <paramref name="isNew"/>. Else it stays as it is. Answers whether the token opens it.
    /// </summary>
    Task<Result<bool>> EnsureAdminAsync(string token, bool isNew);
}
