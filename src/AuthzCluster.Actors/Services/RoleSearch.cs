using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Services;

/// <summary>Finds a page of roles in a list that is in order of names.</summary>
internal static class RoleSearch
{
    // A role may have 20,000 permissions: a page ends sooner than it was asked to, and memory does not.
    private const int MostPermissionsOfPage = 200_000;

    public static Page<RoleDefinition> Find(IReadOnlyList<RoleDefinition> byName, RoleQuery query)
    {
        var found = new List<RoleDefinition>(Math.Min(query.Limit, byName.Count));
        var permissions = 0;
        for (var i = query.After is null ? 0 : FirstAfter(byName, query.After); i < byName.Count; i++)
        {
            if (!Matches(byName[i], query))
            {
                continue;
            }
            permissions += byName[i].Permissions.Length;
            if (found.Count == query.Limit || (found.Count > 0 && permissions > MostPermissionsOfPage))
            {
                return new Page<RoleDefinition>(found, found[^1].Name);
            }
            found.Add(byName[i]);
        }
        return new Page<RoleDefinition>(found, null);
    }

    private static bool Matches(RoleDefinition role, RoleQuery query) =>
        (query.IncludeBuiltIn || !role.IsSystem)
        && (query.Text is not { Length: > 0 } text || Contains(role.Name, text) || Contains(role.DisplayName, text) || Contains(role.Description, text));

    private static bool Contains(string? where, string text) => where?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static int FirstAfter(IReadOnlyList<RoleDefinition> byName, string after)
    {
        int low = 0, high = byName.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = string.CompareOrdinal(byName[middle].Name, after) > 0 ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
