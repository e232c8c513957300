using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Keys;

/// <summary>Decides edits of a key. Pure; knows secrets by their hashes only, and says nothing of those.</summary>
public static class ApiKeyEditor
{
    /// <summary>How old a noted use must be before a new one is worth a write.</summary>
    public static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long the old secret is taken after a rotation where nothing is said.</summary>
    public static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    /// <summary>
    /// A key that is yet to be given its roles. Where its maker's own credential is narrowed to <paramref name="within"/>, each
    /// of its permissions must be covered by one of those (else <see cref="ErrorCode.Forbidden"/>); asking for none takes them over.
    /// </summary>
    public static Result<ApiKeyState> Make(
        ApiKeyId id, TenantId owner, ApiKeyDraft draft, IReadOnlyList<Permission>? within, ImmutableArray<byte> hash, string createdBy, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        ApiKeyRules.Check(draft, now, errors);
        var asked = ApiKeyRules.Read(draft.Permissions, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        if (asked is not null && BeyondOf(asked, within) is { } beyond)
        {
            return beyond;
        }
        var key = new ApiKey
        {
            Id = id,
            Owner = owner,
            Name = draft.Name!,
            Roles = [.. draft.Roles.Select(role => role!).Distinct(StringComparer.Ordinal)],
            Tenants = [.. draft.Tenants.Distinct().OrderBy(tenant => tenant.Value, StringComparer.Ordinal)],
            NarrowedTo = asked ?? (within is null ? null : [.. within.Order()]),
            CreatedAt = now,
            CreatedBy = createdBy,
            ExpiresAt = Instants.Cut(draft.ExpiresAt),
        };
        return new ApiKeyState(key, ApiKeyStage.Making, hash, []);
    }

    /// <summary>The refusal of a key that reaches beyond what a credential is narrowed to; null: it is within. Null stands for no limit.</summary>
    public static AuthzError? BeyondOf(ImmutableArray<Permission>? narrowedTo, IReadOnlyList<Permission>? within) =>
        within is null ? null
        : narrowedTo is not { } permissions ? Beyond("a key without a limit")
        : permissions.FirstOrDefault(permission => !within.Any(own => own.Covers(permission))) is { } one ? Beyond($"`{one}`")
        : null;

    /// <summary>The admin key with a secret of its own, whatever it was before: valid in <c>system</c>, for ever.</summary>
    public static ApiKeyState MakeAdmin(ApiKeyState? before, ImmutableArray<byte> hash, string role, string createdBy, DateTimeOffset now)
    {
        var key = before?.Key ?? new ApiKey
        {
            Id = ApiKeyId.Admin, Owner = TenantId.System, Name = ApiKeyId.Admin.Value, Tenants = [TenantId.System], CreatedAt = now, CreatedBy = createdBy,
        };
        key = key with { Roles = [role], RotatedAt = before is null ? null : now, PreviousUntil = null, RevokedAt = null };
        return new ApiKeyState(key, ApiKeyStage.Making, hash, []);
    }

    /// <summary>It has its roles: it counts.</summary>
    public static ApiKeyChange Activate(ApiKeyState state) => new(
        state with { Stage = ApiKeyStage.Active },
        Entry(state.Key.RotatedAt is null ? AuditActions.ApiKeyCreated : AuditActions.ApiKeyRotated, state.Key, null, ApiKeyAudit.Of(state.Key)));

    /// <summary>
    /// Gives it another secret; the one it had is taken for <paramref name="overlap"/> more (zero to 30 days), one before that no
    /// longer. A key that is over: <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    public static Result<ApiKeyChange> Rotate(ApiKeyState state, ImmutableArray<byte> hash, TimeSpan overlap, string by, DateTimeOffset now)
    {
        if (overlap < TimeSpan.Zero || overlap > ApiKeyRules.LongestOverlap)
        {
            return AuthzError.Invalid("overlap", $"must be from zero to {ApiKeyRules.LongestOverlap.Days} days");
        }
        if (!state.IsOpenAt(now))
        {
            return new AuthzError(ErrorCode.InvalidState, $"the key `{state.Key.Id}` has expired");
        }
        var hasOverlap = overlap > TimeSpan.Zero;
        var key = state.Key with { RotatedAt = now, PreviousUntil = hasOverlap ? Instants.Cut(now + overlap) : null, RotatedBy = With(state.Key, by) };
        return new ApiKeyChange(
            state with { Key = key, Hash = hash, PreviousHash = hasOverlap ? state.Hash : [] },
            Entry(AuditActions.ApiKeyRotated, key, ApiKeyAudit.OfRotation(state.Key), ApiKeyAudit.OfRotation(key)));
    }

    /// <summary>
    /// Puts another secret in place of that of the rotation at <paramref name="rotatedAt"/> (null: that it was made with), which may not have
    /// been told; all else stays. A key that was rotated since, or is over: <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    public static Result<ApiKeyChange> ReplaceUntold(ApiKeyState state, DateTimeOffset? rotatedAt, ImmutableArray<byte> hash, string by, DateTimeOffset now) =>
        !state.IsOpenAt(now) ? new AuthzError(ErrorCode.InvalidState, $"the key `{state.Key.Id}` has expired")
        : state.Key.RotatedAt != rotatedAt ? new AuthzError(ErrorCode.InvalidState, $"the key `{state.Key.Id}` was rotated since; rotate it again")
        : new ApiKeyChange(state with { Key = state.Key with { RotatedBy = With(state.Key, by) }, Hash = hash }, Entry(AuditActions.ApiKeyRotated, state.Key, ApiKeyAudit.OfRotation(state.Key), ApiKeyAudit.OfRotation(state.Key)));

    /// <summary>It is over: from here on it opens nothing. Its assignments are yet to be revoked.</summary>
    public static ApiKeyChange Revoke(ApiKeyState state, DateTimeOffset now) => new(
        new ApiKeyState(state.Key with { RevokedAt = now, PreviousUntil = null }, ApiKeyStage.Revoking, [], []),
        Entry(AuditActions.ApiKeyRevoked, state.Key, ApiKeyAudit.Of(state.Key), null));

    /// <summary>One of its tenants is gone, and another one is left.</summary>
    public static ApiKeyChange Leave(ApiKeyState state, TenantId tenant)
    {
        var key = state.Key with { Tenants = state.Key.Tenants.Remove(tenant) };
        return new ApiKeyChange(state with { Key = key }, Entry(AuditActions.ApiKeyUpdated, key, ApiKeyAudit.Of(state.Key), ApiKeyAudit.Of(key)));
    }

    /// <summary>It was used. Null: that is noted already, near enough, or the key is over.</summary>
    public static ApiKeyState? Touch(ApiKeyState state, DateTimeOffset at) =>
        state.Stage != ApiKeyStage.Active || at < state.Key.LastUsedAt + UseNotedEvery ? null : state with { Key = state.Key with { LastUsedAt = at } };

    private static ImmutableArray<string> With(ApiKey key, string by) => by == key.CreatedBy || key.RotatedBy.Contains(by, StringComparer.Ordinal) ? key.RotatedBy : key.RotatedBy.Add(by);

    private static AuthzError Beyond(string what) => new(ErrorCode.Forbidden, $"{what} is beyond what the caller's own credential is narrowed to");

    private static AuditEntry Entry(string action, ApiKey key, Attributes.AttributeBag? before, Attributes.AttributeBag? after) =>
        new(action, "api_key", key.Id.Value, before, after);
}
