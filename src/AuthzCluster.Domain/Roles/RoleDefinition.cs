using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>A role as it is stored. Immutable; an edit makes another with the next <see cref="Version"/>.</summary>
public sealed record RoleDefinition
{
    /// <summary>The id; never changes.</summary>
    public required RoleId Id { get; init; }

    /// <summary>Unique in the tenant, case-sensitive, never another role's id; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>For people; the name where none was given.</summary>
    public required string DisplayName { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>A free label of the caller's.</summary>
    public string? Type { get; init; }

    /// <summary>The role's own permissions, in canonical order, each once.</summary>
    public ImmutableArray<Permission> Permissions { get; init; } = [];

    /// <summary>Edges to parents, in ordinal order of the parent's id; at most one to each.</summary>
    public ImmutableArray<ParentEdge> Parents { get; init; } = [];

    /// <summary>Policies that apply to whom the role counts for, in ordinal order of ids.</summary>
    public ImmutableArray<PolicyDefinition> Policies { get; init; } = [];

    /// <summary>Who may ask for it and who approves; null: nothing is said of that.</summary>
    public RequestPolicy? RequestPolicy { get; init; }

    /// <summary>0 to 100; at least that of every role it inherits from.</summary>
    public int Level { get; init; }

    /// <summary>An inactive role gives nothing, and nothing is inherited through it.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether it comes from a built-in pack; such a role is computed, never stored.</summary>
    public bool IsSystem { get; init; }

    /// <summary>
    /// Set while the role is being deleted: it gives nothing, takes no assignment, is not listed, and keeps its
    /// id and name until its last assignment is gone.
    /// </summary>
    public bool IsDeleting { get; init; }

    /// <summary>
    /// Set while the role is being made together with its first assignments: it is inactive until all of them are there.
    /// Where that is cut off the role is removed. Whoever replaces the role makes it an ordinary one.
    /// </summary>
    public bool IsBeingMade { get; init; }

    /// <summary>Free data of the caller's.</summary>
    public AttributeBag Metadata { get; init; } = AttributeBag.Empty;

    /// <summary>1 when created, one more with each change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Equal in content.</summary>
    public bool Equals(RoleDefinition? other) =>
        ReferenceEquals(this, other)
        || (other is not null && HasSameContent(other) && Version == other.Version && IsDeleting == other.IsDeleting
        && CreatedAt == other.CreatedAt && UpdatedAt == other.UpdatedAt);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Whether a caller who edits roles sees no difference: version, times and deletion aside.</summary>
    internal bool HasSameContent(RoleDefinition other) =>
        Id == other.Id && Name == other.Name && DisplayName == other.DisplayName && Description == other.Description
        && Type == other.Type && Level == other.Level && IsActive == other.IsActive && IsSystem == other.IsSystem && IsBeingMade == other.IsBeingMade
        && Permissions.SequenceEqual(other.Permissions) && Parents.SequenceEqual(other.Parents) && Policies.SequenceEqual(other.Policies) && Equals(RequestPolicy, other.RequestPolicy) && Metadata.Equals(other.Metadata);
}
