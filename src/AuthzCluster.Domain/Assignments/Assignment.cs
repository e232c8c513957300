using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Assignments;

/// <summary>A role given to a principal, as it is stored. Immutable.</summary>
public sealed record Assignment
{
    // UTC ticks and one, 0 for none: nodes keep millions of these, and a time that may be none takes thrice the room.
    private readonly long _startsAt, _expiresAt, _revokedAt, _remindedOf;

    /// <summary>Unique in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>The role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>Every key must equal what the request says of the resource, or of the context.</summary>
    public AttributeBag Scope { get; init; } = AttributeBag.Empty;

    /// <summary>All must hold.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Inclusive; null: from the beginning.</summary>
    public DateTimeOffset? StartsAt { get => Time(_startsAt); init => _startsAt = Ticks(value); }

    /// <summary>Exclusive; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get => Time(_expiresAt); init => _expiresAt = Ticks(value); }

    /// <summary>Switched off, to be switched on again.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>When it was taken back; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get => Time(_revokedAt); init => _revokedAt = Ticks(value); }

    /// <summary>Who gave it, as <c>TYPE:ID</c>.</summary>
    public required string GrantedBy { get; init; }

    /// <summary>When it was given, or last given again.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>Why, for the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asked for it and who approved; null: it was given without being asked for.</summary>
    public AssignmentApproval? Approval { get; init; }

    /// <summary>Free data of the caller's.</summary>
    public AttributeBag Metadata { get; init; } = AttributeBag.Empty;

    /// <summary>The end that a reminder was told of; null: none was told. Another end is told of anew.</summary>
    public DateTimeOffset? RemindedOf { get => Time(_remindedOf); init => _remindedOf = Ticks(value); }

    /// <summary>Where it is in its life at <paramref name="now"/>.</summary>
    public AssignmentStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? AssignmentStatus.Revoked
        : ExpiresAt <= now ? AssignmentStatus.Expired
        : IsSuspended ? AssignmentStatus.Suspended
        : StartsAt > now ? AssignmentStatus.Scheduled
        : AssignmentStatus.Active;

    /// <summary>Whether it may still come to count after <paramref name="now"/>: active, scheduled or suspended.</summary>
    public bool IsLiveAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    /// <summary>Whether it was given of this very role, and not of an earlier one of the same id, which was deleted.</summary>
    public bool IsOf(RoleDefinition role) => Role == role.Id && role.CreatedAt <= GrantedAt;

    /// <summary>Equal in content.</summary>
    public bool Equals(Assignment? other) =>
        other is not null && Id == other.Id && Role == other.Role && Scope.Equals(other.Scope)
        && Conditions.SequenceEqual(other.Conditions) && StartsAt == other.StartsAt && ExpiresAt == other.ExpiresAt
        && IsSuspended == other.IsSuspended && RevokedAt == other.RevokedAt && GrantedBy == other.GrantedBy
        && GrantedAt == other.GrantedAt && Reason == other.Reason && Equals(Approval, other.Approval) && Metadata.Equals(other.Metadata)
        && RemindedOf == other.RemindedOf;

    private static long Ticks(DateTimeOffset? time) => time is { } some ? some.UtcTicks + 1 : 0;

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks - 1, TimeSpan.Zero);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
