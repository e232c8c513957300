using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>What of a tenant is to change; null: stays.</summary>
public sealed record TenantPatch
{
    /// <summary>For people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Names of built-in packs.</summary>
    public IReadOnlyList<string>? Packs { get; init; }

    /// <summary>What the tenant may use.</summary>
    public Edition? Edition { get; init; }

    /// <summary>Settings to set; a null value takes one back.</summary>
    public AttributeBag? Settings { get; init; }
}
