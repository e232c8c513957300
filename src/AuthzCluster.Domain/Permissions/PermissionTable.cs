namespace AuthzCluster.Domain.Permissions;

/// <summary>
/// Numbers for the resources and actions that a tenant's permissions name. Immutable; a later table keeps the numbers
/// of the one it was extended from, so that sets made with the earlier one stay valid.
/// </summary>
internal sealed class PermissionTable
{
    /// <summary>The number of <c>*</c>, as a resource and as an action.</summary>
    public const int WildcardId = 0;

    /// <summary>The number of what no permission names.</summary>
    public const int Unknown = -1;

    /// <summary>Only what every table has.</summary>
    public static readonly PermissionTable Empty = new(Start(), Start(), hasPrefixes: false);

    private readonly Dictionary<string, int> _resources;
    private readonly Dictionary<string, int> _actions;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _resourcesBySpan;
    private readonly bool _hasPrefixes;

    private PermissionTable(Dictionary<string, int> resources, Dictionary<string, int> actions, bool hasPrefixes)
    {
        _resources = resources;
        _actions = actions;
        _hasPrefixes = hasPrefixes;
        _resourcesBySpan = resources.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many names it holds.</summary>
    public int Count => _resources.Count + _actions.Count;

    /// <summary>This table, extended where the permissions name something new.</summary>
    public PermissionTable With(IEnumerable<Permission> permissions)
    {
        var (resources, actions, hasPrefixes) = (_resources, _actions, _hasPrefixes);
        foreach (var permission in permissions)
        {
            if (!resources.ContainsKey(permission.Resource))
            {
                resources = ReferenceEquals(resources, _resources) ? new(_resources, StringComparer.Ordinal) : resources;
                resources.Add(permission.Resource, resources.Count);
                hasPrefixes |= permission.Resource.EndsWith(".*", StringComparison.Ordinal);
            }
            if (!actions.ContainsKey(permission.Action))
            {
                actions = ReferenceEquals(actions, _actions) ? new(_actions, StringComparer.Ordinal) : actions;
                actions.Add(permission.Action, actions.Count);
            }
        }
        return ReferenceEquals(resources, _resources) && ReferenceEquals(actions, _actions)
            ? this
            : new PermissionTable(resources, actions, hasPrefixes);
    }

    /// <summary>The numbers of a permission that is in the table.</summary>
    public PermissionKey KeyOf(Permission permission) => new(_resources[permission.Resource], _actions[permission.Action], permission.Scope);

    /// <summary>How many numbers of resources a question can have: itself, <c>*</c>, and a prefix for each dot.</summary>
    public int RoomFor(Permission required) => 2 + (_hasPrefixes ? required.Resource.AsSpan().Count('.') : 0);

    /// <summary>
    /// The numbers of what could cover a question: the resource itself, then ever shorter prefixes, then <c>*</c>.
    /// </summary>
    /// <param name="required">The question.</param>
    /// <param name="resources">Room for <see cref="RoomFor"/> numbers.</param>
    public RequiredKeys Resolve(Permission required, Span<int> resources)
    {
        var count = 0;
        var exact = _resources.GetValueOrDefault(required.Resource, Unknown);
        if (exact > WildcardId)
        {
            resources[count++] = exact;
        }
        if (_hasPrefixes)
        {
            count = AddPrefixes(required.Resource, exact, resources, count);
        }
        resources[count++] = WildcardId;
        return new RequiredKeys(resources[..count], exact > WildcardId, _actions.GetValueOrDefault(required.Action, Unknown));
    }

    private int AddPrefixes(string resource, int exact, Span<int> resources, int count)
    {
        Span<char> pattern = stackalloc char[resource.Length + 1];
        resource.CopyTo(pattern);
        for (var dot = resource.LastIndexOf('.'); dot > 0; dot = resource.LastIndexOf('.', dot - 1))
        {
            pattern[dot + 1] = '*';
            if (_resourcesBySpan.TryGetValue(pattern[..(dot + 2)], out var id) && id != exact)
            {
                resources[count++] = id;
            }
        }
        return count;
    }

    private static Dictionary<string, int> Start() => new(StringComparer.Ordinal) { [Permission.Wildcard] = WildcardId };
}
