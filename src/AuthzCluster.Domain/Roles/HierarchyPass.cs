using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Roles;

/// <summary>
/// One pass over all roles of a tenant, parents before children, without recursion: an import may bring a chain of
/// any length. Costs what roles and edges there are.
/// </summary>
internal sealed class HierarchyPass
{
    private readonly RoleDefinition[] _roles;
    private readonly int[][] _parents;
    private readonly int[] _heights;
    private readonly List<int> _order;

    private HierarchyPass(RoleDefinition[] roles)
    {
        _roles = roles;
        _heights = new int[roles.Length];
        var index = new Dictionary<RoleId, int>(roles.Length);
        for (var i = 0; i < roles.Length; i++)
        {
            index.Add(roles[i].Id, i);
        }
        _parents = [.. roles.Select(role => role.Parents.IsEmpty ? [] : role.Parents.Select(edge => index[edge.Parent]).ToArray())];
        _order = SortFromAbove();
    }

    /// <summary>Passes over all roles; every parent must be among them.</summary>
    public static HierarchyPass Over(IEnumerable<RoleDefinition> roles) => new([.. roles]);

    /// <summary>The roles, each after its parents; those on and below a cycle are missing.</summary>
    public IEnumerable<RoleDefinition> ParentsFirst => _order.Select(i => _roles[i]);

    /// <summary>The roles on a cycle, or between two.</summary>
    public IEnumerable<RoleDefinition> Cyclic
    {
        get
        {
            var rest = Enumerable.Range(0, _roles.Length).Where(i => _heights[i] == 0).ToHashSet();
            // What is only below a cycle goes: from the lowest upwards.
            var below = rest.ToDictionary(i => i, _ => 0);
            foreach (var parent in rest.SelectMany(i => _parents[i]).Where(rest.Contains))
            {
                below[parent]++;
            }
            var free = new Stack<int>(rest.Where(i => below[i] == 0));
            while (free.TryPop(out var i))
            {
                rest.Remove(i);
                foreach (var parent in _parents[i].Where(rest.Contains))
                {
                    if (--below[parent] == 0)
                    {
                        free.Push(parent);
                    }
                }
            }
            return rest.Order().Select(i => _roles[i]);
        }
    }

    /// <summary>The roles that have too many above them, and how long their chain is.</summary>
    public IEnumerable<(RoleDefinition Role, int Chain)> TooDeep =>
        _order.Where(i => _heights[i] > HierarchyRules.LongestChain).Select(i => (_roles[i], _heights[i]));

    /// <summary>The edges from a role to a parent of a higher level that it inherits from.</summary>
    public IEnumerable<(RoleDefinition Child, RoleDefinition Parent)> Inconsistent =>
        from i in _order
        from edge in Enumerable.Range(0, _parents[i].Length)
        let parent = _roles[_parents[i][edge]]
        where _roles[i].Parents[edge].Type != InheritanceType.None && parent.Level > _roles[i].Level
        select (_roles[i], parent);

    /// <summary>The first thing wrong; null: nothing.</summary>
    public AuthzError? FindProblem() =>
        Cyclic.FirstOrDefault() is { } cyclic ? new AuthzError(ErrorCode.CircularHierarchy, $"`{cyclic.Name}` would inherit from itself")
        : TooDeep.FirstOrDefault() is { Role: { } deep } ? new AuthzError(ErrorCode.HierarchyTooDeep,
            $"the chain above `{deep.Name}` would have more than {HierarchyRules.LongestChain} roles")
        : Inconsistent.FirstOrDefault() is { Child: { } child } pair ? HierarchyRules.Inconsistent(child, pair.Parent)
        : null;

    private List<int> SortFromAbove()
    {
        var children = new List<int>?[_roles.Length];
        var waits = new int[_roles.Length];
        var order = new List<int>(_roles.Length);
        for (var i = 0; i < _roles.Length; i++)
        {
            waits[i] = _parents[i].Length;
            foreach (var parent in _parents[i])
            {
                (children[parent] ??= []).Add(i);
            }
            if (waits[i] == 0)
            {
                order.Add(i);
            }
        }
        for (var next = 0; next < order.Count; next++)
        {
            var i = order[next];
            foreach (var parent in _parents[i])
            {
                _heights[i] = Math.Max(_heights[i], _heights[parent]);
            }
            _heights[i]++;
            foreach (var child in children[i] ?? [])
            {
                if (--waits[child] == 0)
                {
                    order.Add(child);
                }
            }
        }
        return order;
    }
}
