using System.Collections.Immutable;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Roles;

/// <summary>
/// All roles of a tenant, built-in and custom, by id and by name. Immutable; an edit of a few roles derives the
/// next catalog from the last one.
/// </summary>
public sealed class RoleCatalog
{
    // More changed roles than this are cheaper to sort anew.
    private const int FewChanges = 64;

    private readonly ImmutableDictionary<RoleId, RoleDefinition> _custom;
    private readonly ImmutableArray<string> _packs;
    private readonly ImmutableDictionary<RoleId, RoleDefinition> _builtIn;
    private readonly RoleDefinition[] _sorted;
    private RoleChildren? _children;
    private RoleDefinition[]? _listed;

    private RoleCatalog(
        ImmutableDictionary<RoleId, RoleDefinition> custom, ImmutableArray<string> packs,
        ImmutableDictionary<RoleId, RoleDefinition> builtIn, RoleDefinition[] sorted)
    {
        (_custom, _packs, _builtIn, _sorted) = (custom, packs, builtIn, sorted);
    }

    /// <summary>Every role, those being deleted among them, in ordinal order of names.</summary>
    public IEnumerable<RoleDefinition> All => _sorted;

    /// <summary>The roles in ordinal order of names, without those being deleted.</summary>
    public IReadOnlyList<RoleDefinition> ByName =>
        _listed ??= Array.Exists(_sorted, role => role.IsDeleting) ? Array.FindAll(_sorted, role => !role.IsDeleting) : _sorted;

    /// <summary>Finds a role by id, one being deleted too; null: none.</summary>
    public RoleDefinition? Find(RoleId id) => _builtIn.GetValueOrDefault(id) ?? _custom.GetValueOrDefault(id);

    /// <summary>Finds a role by id or name (the id wins) that is not being deleted; null: none.</summary>
    public RoleDefinition? Resolve(string idOrName) =>
        (Find(new RoleId(idOrName)) ?? FindByName(idOrName)) is { IsDeleting: false } role ? role : null;

    /// <summary>The roles above and below; none for a role that is not there. Those being deleted are left out.</summary>
    public RoleHierarchy HierarchyOf(RoleId id) => new(
        Related(id, role => role.Parents.Select(edge => (edge.Parent, edge.Type))),
        Related(id, role => ChildrenOf(role.Id).Select(child => (child, Find(child)!.Parents.First(edge => edge.Parent == role.Id).Type))));

    internal static RoleCatalog Of(TenantModel model, RoleCatalog? before)
    {
        var builtIn = before is not null && before._packs.SequenceEqual(model.Packs)
            ? before._builtIn
            : BuiltInPacks.RolesOf(model.Packs).ToImmutableDictionary(role => role.Id);
        var sorted = new RoleDefinition[builtIn.Count + model.Roles.Count];
        var count = 0;
        foreach (var role in builtIn.Values.Concat(model.Roles.Values))
        {
            sorted[count++] = role;
        }
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new RoleCatalog(model.Roles, model.Packs, builtIn, sorted);
    }

    internal bool IsOf(TenantModel model) => ReferenceEquals(_custom, model.Roles) && (_packs == model.Packs || _packs.SequenceEqual(model.Packs));

    /// <summary>The catalog after custom roles changed; null where it is to be made anew.</summary>
    internal RoleCatalog? Next(ImmutableDictionary<RoleId, RoleDefinition> custom, IReadOnlyCollection<RoleId> changed)
    {
        if (changed.Count > FewChanges)
        {
            return null;
        }
        var sorted = new List<RoleDefinition>(_sorted.Length + changed.Count);
        sorted.AddRange(_sorted);
        var children = _children;
        foreach (var id in changed)
        {
            var (old, now) = (_custom.GetValueOrDefault(id), custom.GetValueOrDefault(id));
            Replace(sorted, old, now);
            children = children?.Replace(old, now);
        }
        return new RoleCatalog(custom, _packs, _builtIn, [.. sorted]) { _children = children };
    }

    /// <summary>The roles that have an edge to a role, those being deleted among them; in no order.</summary>
    internal IReadOnlyList<RoleId> ChildrenOf(RoleId id) => (_children ??= RoleChildren.Of(_sorted))[id];

    /// <summary>Finds a role by name alone, one being deleted too.</summary>
    internal RoleDefinition? FindByName(string name)
    {
        var index = IndexOf(_sorted, name);
        return index < 0 ? null : _sorted[index];
    }

    private static void Replace(List<RoleDefinition> sorted, RoleDefinition? old, RoleDefinition? now)
    {
        if (old is not null && now is not null && old.Name == now.Name)
        {
            sorted[IndexOf(sorted, old.Name)] = now;
            return;
        }
        if (old is not null)
        {
            sorted.RemoveAt(IndexOf(sorted, old.Name));
        }
        if (now is not null)
        {
            var index = IndexOf(sorted, now.Name);
            sorted.Insert(index < 0 ? ~index : index, now);
        }
    }

    private static int IndexOf(IReadOnlyList<RoleDefinition> sorted, string name)
    {
        int low = 0, high = sorted.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(sorted[middle].Name, name);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }

    private List<RelatedRole> Related(RoleId start, Func<RoleDefinition, IEnumerable<(RoleId Id, InheritanceType Type)>> step)
    {
        var found = new List<RelatedRole>();
        var seen = new HashSet<RoleId> { start };
        List<RoleDefinition> level = Find(start) is { } first ? [first] : [];
        for (var depth = 1; level.Count > 0; depth++)
        {
            var next = new SortedList<string, (RoleDefinition Role, InheritanceType Type)>(StringComparer.Ordinal);
            foreach (var (id, type) in level.SelectMany(step))
            {
                if (Find(id) is { IsDeleting: false } role && seen.Add(id))
                {
                    next.Add(role.Name, (role, type));
                }
            }
            found.AddRange(next.Values.Select(item => new RelatedRole(item.Role.Id, item.Role.Name, depth, item.Type)));
            level = [.. next.Values.Select(item => item.Role)];
        }
        return found;
    }
}
