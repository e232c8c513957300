using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>The parent edges of a tenant, turned round.</summary>
internal static class RoleChildren
{
    public static ImmutableDictionary<RoleId, ImmutableArray<RoleId>> Of(IEnumerable<RoleDefinition> roles)
    {
        var children = new Dictionary<RoleId, ImmutableArray<RoleId>.Builder>();
        foreach (var role in roles)
        {
            foreach (var edge in role.Parents)
            {
                if (!children.TryGetValue(edge.Parent, out var list))
                {
                    children.Add(edge.Parent, list = ImmutableArray.CreateBuilder<RoleId>());
                }
                list.Add(role.Id);
            }
        }
        return children.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutable());
    }

    public static ImmutableDictionary<RoleId, ImmutableArray<RoleId>> Replace(
        ImmutableDictionary<RoleId, ImmutableArray<RoleId>> children, RoleDefinition? old, RoleDefinition? now)
    {
        foreach (var edge in old?.Parents ?? [])
        {
            children = children.SetItem(edge.Parent, children[edge.Parent].Remove(old!.Id));
        }
        foreach (var edge in now?.Parents ?? [])
        {
            children = children.SetItem(edge.Parent, children.GetValueOrDefault(edge.Parent, []).Add(now!.Id));
        }
        return children;
    }
}
