using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>An inheritance edge from a role to its parent.</summary>
/// <param name="Parent">The parent.</param>
/// <param name="Type">What passes.</param>
public sealed record ParentEdge(RoleId Parent, InheritanceType Type = InheritanceType.Full)
{
    /// <summary>The patterns of a <see cref="InheritanceType.Partial"/> edge, in canonical order, each once.</summary>
    public ImmutableArray<Permission> Patterns { get; init; } = [];

    /// <summary>The conditions of a <see cref="InheritanceType.Conditional"/> edge; all must hold.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Equal in content.</summary>
    public bool Equals(ParentEdge? other) =>
        other is not null && Parent == other.Parent && Type == other.Type
        && Patterns.SequenceEqual(other.Patterns) && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parent, Type, Patterns.Length, Conditions.Length);
}
