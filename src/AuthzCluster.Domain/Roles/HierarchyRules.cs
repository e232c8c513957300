using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Roles;

/// <summary>What one role's edges and level may be among the roles around it. Edges of every kind count for cycles and depth.</summary>
internal static class HierarchyRules
{
    /// <summary>How many roles a chain may have.</summary>
    public const int LongestChain = 10;

    /// <summary>The refusal of a role that is to stand in place of <paramref name="old"/> (null: of none); null: it may.</summary>
    public static AuthzError? Check(RoleCatalog catalog, RoleDefinition role, RoleDefinition? old)
    {
        var sameParents = old is not null && old.Parents.SequenceEqual(role.Parents);
        var error = sameParents ? null : CheckNewParents(catalog, role, old) ?? CheckChain(catalog, role, old);
        return error ?? CheckLevels(catalog, role, raised: old is not null && role.Level > old.Level);
    }

    /// <summary>The highest level among the parents, else 0.</summary>
    public static int DefaultLevel(RoleCatalog catalog, ImmutableArray<ParentEdge> parents) =>
        parents.Select(edge => catalog.Find(edge.Parent)!.Level).DefaultIfEmpty(0).Max();

    // A role may go on under a parent that was switched off; it does not get a new one of that kind.
    private static AuthzError? CheckNewParents(RoleCatalog catalog, RoleDefinition role, RoleDefinition? old)
    {
        foreach (var edge in role.Parents)
        {
            if (catalog.Find(edge.Parent) is { IsActive: false } parent && (old is null || old.Parents.All(had => had.Parent != edge.Parent)))
            {
                return new AuthzError(ErrorCode.ParentInactive, $"the parent `{parent.Name}` is inactive");
            }
        }
        return null;
    }

    private static AuthzError? CheckChain(RoleCatalog catalog, RoleDefinition role, RoleDefinition? old)
    {
        var above = new Dictionary<RoleId, int>();
        var height = 1;
        foreach (var edge in role.Parents)
        {
            if (HeightOf(catalog, edge.Parent, role.Id, above) is not { } parentHeight)
            {
                return new AuthzError(ErrorCode.CircularHierarchy,
                    $"`{role.Name}` would inherit from itself through `{catalog.Find(edge.Parent)?.Name ?? role.Name}`");
            }
            height = Math.Max(height, parentHeight + 1);
        }
        var chain = height + (old is null ? 0 : DepthBelow(catalog, role.Id, []));
        return chain > LongestChain
            ? new AuthzError(ErrorCode.HierarchyTooDeep, $"a chain through `{role.Name}` would have {chain} roles; {LongestChain} is the most")
            : null;
    }

    // The roles in the longest chain from here upwards; null where the chain comes by the forbidden role.
    private static int? HeightOf(RoleCatalog catalog, RoleId id, RoleId forbidden, Dictionary<RoleId, int> known)
    {
        if (id == forbidden)
        {
            return null;
        }
        if (known.TryGetValue(id, out var height))
        {
            return height;
        }
        height = 1;
        foreach (var edge in catalog.Find(id)?.Parents ?? [])
        {
            if (HeightOf(catalog, edge.Parent, forbidden, known) is not { } parent)
            {
                return null;
            }
            height = Math.Max(height, parent + 1);
        }
        known.Add(id, height);
        return height;
    }

    private static int DepthBelow(RoleCatalog catalog, RoleId id, Dictionary<RoleId, int> known)
    {
        if (!known.TryGetValue(id, out var depth))
        {
            foreach (var child in catalog.ChildrenOf(id))
            {
                depth = Math.Max(depth, 1 + DepthBelow(catalog, child, known));
            }
            known.Add(id, depth);
        }
        return depth;
    }

    private static AuthzError? CheckLevels(RoleCatalog catalog, RoleDefinition role, bool raised)
    {
        foreach (var edge in role.Parents)
        {
            if (edge.Type != InheritanceType.None && catalog.Find(edge.Parent) is { } parent && parent.Level > role.Level)
            {
                return Inconsistent(role, parent);
            }
        }
        foreach (var id in raised ? catalog.ChildrenOf(role.Id) : [])
        {
            var child = catalog.Find(id)!;
            if (child.Level < role.Level && child.Parents.Any(edge => edge.Parent == role.Id && edge.Type != InheritanceType.None))
            {
                return Inconsistent(child, role);
            }
        }
        return null;
    }

    public static AuthzError Inconsistent(RoleDefinition child, RoleDefinition parent) => new(ErrorCode.LevelInconsistent,
        $"the level {child.Level} of `{child.Name}` would be below the level {parent.Level} of `{parent.Name}` that it inherits from");
}
