using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Entities;

/// <summary>
/// What is stored of one entity. Immutable; each committed state is an object of its own, so that the same object read
/// twice says that nothing came between.
/// </summary>
public sealed record StoredEntity
{
    /// <summary>0: never stored; one more with each change, its removal among them, so that none comes twice.</summary>
    public long Revision { get; init; }

    /// <summary>Whether it is there; false: never stored, or removed.</summary>
    public bool IsStored { get; init; }

    /// <summary>Its properties; empty where it is not there.</summary>
    public AttributeBag Properties { get; init; } = AttributeBag.Empty;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
