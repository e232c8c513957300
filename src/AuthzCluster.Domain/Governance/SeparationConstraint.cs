using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Governance;

/// <summary>Separation of duty, as it is stored: of some roles nobody holds more than so many. Immutable.</summary>
public sealed record SeparationConstraint
{
    /// <summary>The id; never changes.</summary>
    public required string Id { get; init; }

    /// <summary>For people; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The roles that it is about, in ordinal order of ids, each once; more than <see cref="Max"/>.</summary>
    public ImmutableArray<RoleId> Roles { get; init; } = [];

    /// <summary>How many of them somebody may hold together, itself or by inheritance or through teams; at least 1.</summary>
    public int Max { get; init; } = 1;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Equal in content.</summary>
    public bool Equals(SeparationConstraint? other) => other is not null && HasSameContent(other) && CreatedAt == other.CreatedAt;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether a caller sees no difference but when it was made.</summary>
    internal bool HasSameContent(SeparationConstraint other) =>
        Id == other.Id && Name == other.Name && Max == other.Max && Roles.SequenceEqual(other.Roles);
}
