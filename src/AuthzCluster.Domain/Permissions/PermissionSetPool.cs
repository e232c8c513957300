namespace AuthzCluster.Domain.Permissions;

/// <summary>Shares equal sets among the roles of one compilation: what many roles give alike is kept once.</summary>
internal sealed class PermissionSetPool
{
    private readonly Dictionary<(int Count, ulong Sum), PermissionSet> _sets = [];

    // Most roles give what they have themselves: the same set comes again at once.
    private PermissionSet? _latest;

    /// <summary>The set, or one with the same content that was given before.</summary>
    public PermissionSet Share(PermissionSet set)
    {
        if (ReferenceEquals(set, _latest))
        {
            return set;
        }
        _latest = set;
        var sum = 0UL;
        foreach (var (key, _) in set)
        {
            // Of any order: the same content stands in other slots in a table that grew otherwise.
            sum += key.Value * 0x9E3779B97F4A7C15UL;
        }
        if (_sets.TryGetValue((set.Count, sum), out var known) && set.All(entry => known.Contains(entry.Key)))
        {
            return _latest = known;
        }
        _sets[(set.Count, sum)] = set;
        return set;
    }
}
