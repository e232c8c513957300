namespace AuthzCluster.Domain.Tenancy;

/// <summary>Names a tenant. Ordinal and case-sensitive.</summary>
/// <param name="Value">1 to 256 characters without control characters.</param>
public readonly record struct TenantId(string Value)
{
    /// <summary>The tenant of a request that names none.</summary>
    public static readonly TenantId Default = new("default");

    /// <summary>The tenant whose super_admins administer every tenant.</summary>
    public static readonly TenantId System = new("system");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
