using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Assignments;

/// <summary>A role given to a principal, as it is stored. Immutable.</summary>
public sealed record Assignment
{
    // What few have, so that it costs the others one reference.
    private Rare? _rare;

    /// <summary>Unique in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>The role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>Every key must equal what the request says of the resource, or of the context.</summary>
    public AttributeBag Scope { get; init; } = AttributeBag.Empty;

    /// <summary>All must hold.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Inclusive; null: from the beginning.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Exclusive; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Switched off, to be switched on again.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>When it was taken back; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who gave it, as <c>TYPE:ID</c>.</summary>
    public required string GrantedBy { get; init; }

    /// <summary>When it was given, or last given again.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>Why, for the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asked for it and who approved; null: it was given without being asked for.</summary>
    public AssignmentApproval? Approval
    {
        get => _rare?.Approval;
        init => _rare = Rare.Of(value, RemindedOf);
    }

    /// <summary>Free data of the caller's.</summary>
    public AttributeBag Metadata { get; init; } = AttributeBag.Empty;

    /// <summary>The end that a reminder was told of; null: none was told. Another end is told of anew.</summary>
    public DateTimeOffset? RemindedOf
    {
        get => _rare?.RemindedOf;
        init => _rare = Rare.Of(Approval, value);
    }

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

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    private sealed record Rare(AssignmentApproval? Approval, DateTimeOffset? RemindedOf)
    {
        public static Rare? Of(AssignmentApproval? approval, DateTimeOffset? reminded) => approval is null && reminded is null ? null : new Rare(approval, reminded);
    }
}
