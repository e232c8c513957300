namespace AuthzCluster.Domain.Roles;

/// <summary>Names a role within its tenant. Ordinal and case-sensitive.</summary>
/// <param name="Value">1 to 256 characters without control characters.</param>
public readonly record struct RoleId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
