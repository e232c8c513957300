using System.Collections.Immutable;

namespace AuthzCluster.Domain.Permissions;

/// <summary>Writes down the permissions that come with the service and with packs.</summary>
internal static class BuiltInPermissions
{
    /// <summary>Those of the service itself: what its endpoints ask for, in every tenant.</summary>
    public static readonly ImmutableArray<RegisteredPermission> Service = Read("""
        authz.roles|read create update delete bind escalate
        authz.system_roles|assign
        authz.assignments|read create update delete
        authz.teams|read update
        authz.policies|read create update delete
        authz.entities|read update delete
        authz.permissions|read create delete
        authz.constraints|read create delete
        authz.requests|create read approve
        authz.audit|read
        authz.events|read
        authz.webhooks|read create update delete
        authz.keys|read create update delete
        authz.model|import export
        authz.tenants|read create update delete
        authz.evaluate|execute
        """);

    /// <summary>Reads lines of <c>resource|actions[|scopes]</c>: each action, and each action in each scope.</summary>
    public static ImmutableArray<RegisteredPermission> Read(string table)
    {
        var all = ImmutableArray.CreateBuilder<RegisteredPermission>();
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = line.Split('|');
            string[] scopes = ["", .. columns.Length > 2 ? columns[2].Split(' ').Select(scope => $":{scope}") : []];
            foreach (var action in columns[1].Split(' '))
            {
                all.AddRange(scopes.Select(scope => new RegisteredPermission(Permission.Parse($"{columns[0]}:{action}{scope}"), null, true)));
            }
        }
        return all.ToImmutable();
    }
}
