using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// The single writer of one API key. Secrets reach it as hashes (SHA-256, 32 bytes). Who reads a key reads storage, so that
/// a stranger's guess activates nothing. Errors of all: <see cref="ErrorCode.Unavailable"/>; of a key that is not there
/// or is over: <see cref="ErrorCode.NotFound"/>.
/// </summary>
public interface IApiKeyActor
{
    /// <summary>
    /// Makes it: all of its roles in all of its tenants, or nothing. What is wrong with the draft, and what may not be
    /// assigned by <paramref name="caller"/>, is refused before anything is stored.
    /// </summary>
    Task<Result<ApiKey>> CreateAsync(TenantId owner, ApiKeyDraft draft, ImmutableArray<byte> hash, Caller caller);

    /// <summary>Gives it another secret; the old one is taken for <paramref name="overlap"/> more.</summary>
    Task<Result<ApiKey>> RotateAsync(ImmutableArray<byte> hash, TimeSpan overlap, Caller caller);

    /// <summary>
    /// Puts another secret in place of the one that the caller's request gave it, whose token may not have been told: the request was
    /// repeated. The secret before that one stays. <see cref="ErrorCode.InvalidState"/>: it has been rotated since.
    /// </summary>
    Task<Result<ApiKey>> ReplaceUntoldAsync(ImmutableArray<byte> hash, Caller caller);

    /// <summary>Ends it. It opens nothing once this is answered; what is left of its assignments is revoked by due work.</summary>
    Task<Result<ApiKey>> RevokeAsync(Caller caller);

    /// <summary>A tenant is being removed: a key made in it ends, and so does one that is valid nowhere else. May be repeated.</summary>
    Task<Result<bool>> LeaveAsync(TenantId tenant);

    /// <summary>Notes a use, at most once a minute. False: there was nothing to note.</summary>
    Task<Result<bool>> TouchAsync(DateTimeOffset at);

    /// <summary>Due work: undoes a making that was cut off (the admin key's is completed), completes an end that was.</summary>
    Task<Result<bool>> ContinueAsync();

    /// <summary>
    /// Of the admin key only. Gives it this secret where there is no such key yet or <paramref name="isNew"/> (then every older
    /// one is dead at once). Answers whether this secret opens it now.
    /// </summary>
    Task<Result<bool>> EnsureAdminAsync(ImmutableArray<byte> hash, bool isNew);
}
