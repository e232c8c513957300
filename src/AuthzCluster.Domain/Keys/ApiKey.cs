using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Keys;

/// <summary>An API key as it is told of: everything but its secret.</summary>
public sealed record ApiKey
{
    /// <summary>Its id.</summary>
    public required ApiKeyId Id { get; init; }

    /// <summary>The tenant it was made in, where it is listed, and in whose audit log it is told of.</summary>
    public required TenantId Owner { get; init; }

    /// <summary>What people call it; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The roles it was made with, by id or name as they were asked for. What it holds now is its subject's assignments.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Where it is valid, in ordinal order.</summary>
    public required ImmutableArray<TenantId> Tenants { get; init; }

    /// <summary>It does only what these cover too, in ordinal order; null: no limit.</summary>
    public ImmutableArray<Permission>? NarrowedTo { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it, <c>TYPE:ID</c>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From then on it is worth nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it got its latest secret; null: it has its first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>All who ever gave it another secret, <c>TYPE:ID</c>, and so had one of its secrets.</summary>
    public ImmutableArray<string> RotatedBy { get; init; } = [];

    /// <summary>Until when (exclusive) the secret before the latest is taken too; null: there is none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it was last used, about to the minute; null: never, as far as is known.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whom it speaks for.</summary>
    public SubjectId Subject => Id.Subject;

    /// <summary>Whether it is taken at <paramref name="now"/>.</summary>
    public bool IsActiveAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
