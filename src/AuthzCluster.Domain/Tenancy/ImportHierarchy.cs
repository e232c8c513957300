using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The hierarchy as it is after an import, checked over the whole result.</summary>
internal static class ImportHierarchy
{
    /// <summary>Gives the levels that were left out, and adds what is wrong.</summary>
    public static void Settle(TenantModel model, ImportRows rows, RoleDefinition[] roles, List<FieldError> errors)
    {
        var others = model.Catalog.All.Where(role => !rows.Contains(role.Id)).ToList();
        if (errors.Count > 0 || (roles.All(role => role.Parents.IsEmpty) && others.All(role => role.Parents.IsEmpty)))
        {
            return;
        }
        CheckNewParents(model, rows, roles, errors);
        var pass = HierarchyPass.Over(roles.Concat(others));
        foreach (var role in pass.Cyclic)
        {
            errors.Add(new FieldError(rows.PathOf(role.Id, "parents"), $"`{role.Name}` would inherit from itself"));
        }
        foreach (var (role, chain) in pass.TooDeep)
        {
            errors.Add(new FieldError(rows.PathOf(role.Id, "parents"),
                $"the chain above `{role.Name}` would have {chain} roles; {HierarchyRules.LongestChain} is the most"));
        }
        if (errors.Count > 0)
        {
            return;
        }
        GiveLevels(pass, rows, roles);
        foreach (var (child, parent) in HierarchyPass.Over(roles.Concat(others)).Inconsistent)
        {
            // An existing role can only come to be below one that is imported.
            var path = rows.PathOf(rows.Contains(child.Id) ? child.Id : parent.Id, "hierarchy_level");
            errors.Add(new FieldError(path, HierarchyRules.Inconsistent(child, parent).Detail));
        }
    }

    // A parent that comes along switched off is as its tenant had it: an export can be imported whole.
    private static void CheckNewParents(TenantModel model, ImportRows rows, RoleDefinition[] roles, List<FieldError> errors)
    {
        for (var i = 0; i < roles.Length; i++)
        {
            foreach (var edge in roles[i].Parents)
            {
                if (!rows.Contains(edge.Parent) && model.Catalog.Find(edge.Parent) is { IsActive: false } parent
                    && model.Roles.GetValueOrDefault(roles[i].Id)?.Parents.Any(had => had.Parent == edge.Parent) != true)
                {
                    errors.Add(new FieldError($"roles[{i}].parents", $"the parent `{parent.Name}` is inactive"));
                }
            }
        }
    }

    private static void GiveLevels(HierarchyPass pass, ImportRows rows, RoleDefinition[] roles)
    {
        var levels = new Dictionary<RoleId, int>();
        foreach (var role in pass.ParentsFirst)
        {
            var above = role.Parents.Select(edge => levels[edge.Parent]);
            levels[role.Id] = rows.Contains(role.Id) && !rows.HasLevel(role.Id) ? above.DefaultIfEmpty(0).Max() : role.Level;
        }
        for (var i = 0; i < roles.Length; i++)
        {
            var level = levels[roles[i].Id];
            roles[i] = roles[i].Level == level ? roles[i] : roles[i] with { Level = level };
        }
    }
}
