using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>Writes down a built-in role.</summary>
internal static class BuiltInRole
{
    public static RoleDefinition Of(string name, string displayName, int level, string? parent, params ReadOnlySpan<string> permissions)
    {
        var own = ImmutableArray.CreateBuilder<Permission>(permissions.Length);
        foreach (var permission in permissions)
        {
            own.Add(Permission.Parse(permission));
        }
        own.Sort();
        return new RoleDefinition
        {
            Id = IdOf(name),
            Name = name,
            DisplayName = displayName,
            Level = level,
            Parents = parent is null ? [] : [new ParentEdge(IdOf(parent))],
            Permissions = own.ToImmutable(),
            IsSystem = true,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static RoleId IdOf(string name) => new($"role_{name}");
}
