using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>
/// A tenant's model as it is stored: all that decisions read beside the subject's own grants. One writer, one row,
/// one <see cref="Revision"/>. Built-in roles are not in it: they follow from <see cref="Packs"/>. Immutable.
/// </summary>
public sealed record TenantModel
{
    /// <summary>The tenant.</summary>
    public required TenantId Id { get; init; }

    /// <summary>1 when created, one more with each change.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Names of the built-in packs, in ordinal order.</summary>
    public ImmutableArray<string> Packs { get; init; } = ["standard"];

    /// <summary>What the tenant may use.</summary>
    public Edition Edition { get; init; } = Edition.Enterprise;

    /// <summary>The settings that were set.</summary>
    public AttributeBag Settings { get; init; } = AttributeBag.Empty;

    /// <summary>The custom roles by id, those being deleted among them.</summary>
    public ImmutableDictionary<RoleId, RoleDefinition> Roles { get; init; } = ImmutableDictionary<RoleId, RoleDefinition>.Empty;

    /// <summary>Assignments of teams, by team; live ones only. A team without any is absent.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Assignment>> TeamGrants { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal);

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
