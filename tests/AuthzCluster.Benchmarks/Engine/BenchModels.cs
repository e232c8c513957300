using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Engine;

/// <summary>Models to measure with.</summary>
public static class BenchModels
{
    /// <summary>Roles <c>role-CHAIN-DEPTH</c>; each inherits from the one before it in its chain.</summary>
    public static TenantModel Chains(int chains, int depth, int permissions) => Of(
        from chain in Enumerable.Range(0, chains)
        from place in Enumerable.Range(0, depth)
        select Role(
            $"role-{chain}-{place}",
            Enumerable.Range(0, permissions).Select(i => new Permission($"res{chain}.{place}", $"act{i}")),
            place > 0 ? [new ParentEdge(new RoleId($"role-{chain}-{place - 1}"))] : []));

    /// <summary>The predefined roles of Google Cloud; ids are the names.</summary>
    public static TenantModel Gcloud()
    {
        using var json = JsonDocument.Parse(SharedData.ReadGzip(SharedData.GcloudRoles));
        var pool = new Dictionary<string, Permission>(StringComparer.Ordinal);
        return Of([.. json.RootElement.EnumerateArray().Select(role => Role(
            role.GetProperty("name").GetString()!,
            role.TryGetProperty("includedPermissions", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(item => Pooled(pool, item.GetString()!))
                : [],
            []))]);
    }

    private static Permission Pooled(Dictionary<string, Permission> pool, string text)
    {
        if (!pool.TryGetValue(text, out var permission))
        {
            pool[text] = permission = Permission.Parse(text);
        }
        return permission;
    }

    private static RoleDefinition Role(string name, IEnumerable<Permission> permissions, ImmutableArray<ParentEdge> parents) => new()
    {
        Id = new RoleId(name),
        Name = name,
        DisplayName = name,
        Permissions = [.. permissions.Distinct().Order()],
        Parents = parents,
    };

    private static TenantModel Of(IEnumerable<RoleDefinition> roles) =>
        new() { Id = TenantId.Default, DisplayName = "bench", Roles = roles.ToImmutableDictionary(role => role.Id) };
}
