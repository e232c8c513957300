using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Testing.Cases;

/// <summary>The roles of a case as drafts: who is meant by a name, and in which order they can be made.</summary>
internal static class CaseRoles
{
    /// <summary>The id that an in-process world gives a role.</summary>
    public static string IdOf(RoleDraft draft) => draft.Id ?? draft.Name;

    public static RoleDraft? Find(IEnumerable<RoleDraft> roles, string idOrName) =>
        roles.FirstOrDefault(role => role.Id == idOrName) ?? roles.FirstOrDefault(role => role.Name == idOrName);

    public static IReadOnlyList<RoleDraft> ParentsFirst(IReadOnlyList<RoleDraft> roles, CaseNode root)
    {
        if (roles.DistinctBy(IdOf).Count() < roles.Count || roles.DistinctBy(role => role.Name).Count() < roles.Count)
        {
            throw root.Wrong("two roles have the same name or id");
        }
        var ordered = new List<RoleDraft>(roles.Count);
        var entered = new HashSet<string>();
        foreach (var role in roles)
        {
            Visit(role);
        }
        return ordered;

        void Visit(RoleDraft role)
        {
            if (ordered.Contains(role))
            {
                return;
            }
            if (!entered.Add(IdOf(role)))
            {
                throw root.Wrong($"`{role.Name}` is its own ancestor");
            }
            foreach (var parent in role.Parents.Select(edge => Find(roles, edge.Role)).OfType<RoleDraft>())
            {
                Visit(parent);
            }
            ordered.Add(role);
        }
    }
}
