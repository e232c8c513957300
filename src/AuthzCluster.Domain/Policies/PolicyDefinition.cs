using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// A policy as it is stored, of a tenant or attached to a role. Immutable; an edit makes another with the next
/// <see cref="Version"/>. Empty lists of patterns match all.
/// </summary>
public sealed record PolicyDefinition
{
    /// <summary>Unique in the tenant, policies attached to roles among them; never changes.</summary>
    public required string Id { get; init; }

    /// <summary>For people; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>What it does where it decides.</summary>
    public required PolicyEffect Effect { get; init; }

    /// <summary>Patterns over <c>resource</c>, <c>resource:action</c> and <c>resource:action:scope</c>.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Patterns over the action.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>Patterns over <c>TYPE:ID</c> of the subject (a bare id is a user), <c>role:NAME</c> and <c>team:ID</c>.</summary>
    public ImmutableArray<string> Principals { get; init; } = [];

    /// <summary>All must hold.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>The higher is asked first; at the same, a deny before an allow.</summary>
    public int Priority { get; init; }

    /// <summary>An inactive policy decides nothing.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>What an allow gives where no role does, in canonical order, each once.</summary>
    public ImmutableArray<Permission> GrantPermissions { get; init; } = [];

    /// <summary>Whether it comes from a built-in pack; such a policy is computed, never stored.</summary>
    public bool IsSystem { get; init; }

    /// <summary>1 when created, one more with each change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Equal in content.</summary>
    public bool Equals(PolicyDefinition? other) =>
        ReferenceEquals(this, other)
        || (other is not null && HasSameContent(other) && Version == other.Version && CreatedAt == other.CreatedAt && UpdatedAt == other.UpdatedAt);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether a caller who edits policies sees no difference: version and times aside.</summary>
    internal bool HasSameContent(PolicyDefinition other) =>
        Id == other.Id && Name == other.Name && Description == other.Description && Effect == other.Effect && Priority == other.Priority
        && IsActive == other.IsActive && IsSystem == other.IsSystem
        && Resources.SequenceEqual(other.Resources) && Actions.SequenceEqual(other.Actions) && Principals.SequenceEqual(other.Principals)
        && Conditions.SequenceEqual(other.Conditions) && GrantPermissions.SequenceEqual(other.GrantPermissions);
}
