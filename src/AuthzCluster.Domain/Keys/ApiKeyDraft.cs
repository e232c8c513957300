using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Keys;

/// <summary>A key as a caller asks for it; nothing of it is checked yet.</summary>
/// <param name="Name">What people will call it.</param>
public sealed record ApiKeyDraft(string? Name)
{
    /// <summary>Its roles, by id or name, in each of its tenants.</summary>
    public IReadOnlyList<string?> Roles { get; init; } = [];

    /// <summary>Where it is to be valid.</summary>
    public IReadOnlyList<TenantId> Tenants { get; init; } = [];

    /// <summary>What it is narrowed to; null: nothing.</summary>
    public IReadOnlyList<string?>? Permissions { get; init; }

    /// <summary>When it ends; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
